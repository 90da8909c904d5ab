// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ExpositionTest {
    private final Exposition out = new Exposition();

    @Test
    void writesHelpTypeAndSamples() {
        out.counter("frames_total", "Frames.").add(3, "camera", "front").add(4, "camera", "yard");
        out.gauge("people", "People.").add(0.25);
        assertThat(out.text())
                .isEqualTo(
                        """
                        # HELP frames_total Frames.
                        # TYPE frames_total counter
                        frames_total{camera="front"} 3
                        frames_total{camera="yard"} 4
                        # HELP people People.
                        # TYPE people gauge
                        people 0.25
                        """);
    }

    @Test
    void escapesLabelsAndHelp() {
        out.gauge("a", "back\\slash, \"quotes\" and\nline").add(1, "l", "a\\b\"c\nd,}=é");
        assertThat(out.text())
                .contains("# HELP a back\\\\slash, \"quotes\" and\\nline\n")
                .contains("a{l=\"a\\\\b\\\"c\\nd,}=é\"} 1\n");
        assertThat(TextFormat.parse(out.text()).value("a{l=a\\b\"c\nd,}=é}")).isEqualTo(1);
    }

    @Test
    void bucketsAddUp() {
        out.histogram("seconds", "Time.")
                .add(new double[] {0.001, 0.0025, 1}, new long[] {1, 0, 2, 4}, 9.5, "stage", "a");
        assertThat(out.text())
                .contains(
                        """
                        seconds_bucket{stage="a",le="0.001"} 1
                        seconds_bucket{stage="a",le="0.0025"} 1
                        seconds_bucket{stage="a",le="1"} 3
                        seconds_bucket{stage="a",le="+Inf"} 7
                        seconds_sum{stage="a"} 9.5
                        seconds_count{stage="a"} 7
                        """);
        TextFormat.parse(out.text());
    }

    @Test
    void aSeriesSaidTwiceIsWrittenOnce() {
        out.gauge("online", "Camera.").add(1, "camera", "front").add(0, "camera", "front");
        out.histogram("seconds", "Time.")
                .add(new double[] {1}, new long[] {1, 2}, 5)
                .add(new double[] {2}, new long[] {7, 8}, 6);
        TextFormat parsed = TextFormat.parse(out.text());
        assertThat(parsed.value("online{camera=front}")).isEqualTo(1);
        assertThat(parsed.value("seconds_count{}")).isEqualTo(3);
        assertThat(out.text()).doesNotContain("le=\"2\"");
    }

    @Test
    void numbersAreThoseOfGo() {
        out.gauge("n", "Numbers.")
                .add(1e-7, "of", "tiny")
                .add(123456789012L, "of", "large")
                .add(Double.POSITIVE_INFINITY, "of", "infinite")
                .add(Double.NaN, "of", "none")
                .add(-0.5, "of", "negative");
        assertThat(out.text())
                .contains("{of=\"tiny\"} 1.0E-7\n")
                .contains("{of=\"large\"} 123456789012\n")
                .contains("{of=\"infinite\"} +Inf\n")
                .contains("{of=\"none\"} NaN\n")
                .contains("{of=\"negative\"} -0.5\n");
        TextFormat.parse(out.text());
    }

    @Test
    void nothingIsWrittenOfAFamilyWithoutSamples() {
        out.gauge("a", "Nothing.");
        assertThat(out.text()).isEmpty();
    }

    @Test
    void familiesStandTogetherAndOnce() {
        Exposition.Family first = out.gauge("a", "First.").add(1, "x", "1");
        out.gauge("b", "Second.");
        assertThatIllegalStateException().isThrownBy(() -> first.add(1, "x", "2"));
        assertThatIllegalStateException().isThrownBy(() -> out.gauge("a", "Again."));
    }

    @Test
    void anEmptyLabelIsLeftOut() {
        out.gauge("a", "One.").add(1, "x", "", "y", "z");
        assertThat(out.text()).contains("a{y=\"z\"} 1\n");
    }
}
