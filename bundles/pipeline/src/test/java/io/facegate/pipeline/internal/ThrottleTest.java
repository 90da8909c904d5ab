// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.load.LoadLimit;
import io.facegate.api.load.LoadLimit.Step;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.recognition.Tolerances;

import org.junit.jupiter.api.Test;

import java.util.List;

class ThrottleTest {
    private static final RecognitionOptions CNN =
            new RecognitionOptions(
                    "cnn",
                    new DetectionOptions(1, 50, 0.1, true),
                    Strategy.VOTE,
                    Tolerances.OWN,
                    3);
    private Step step = Step.NONE;

    private Throttle throttle(RecognitionOptions options, int width) {
        Settings all = Settings.DEFAULT;
        Settings settings =
                new Settings(options, all.tracks(), all.live(), width, 0, 60_000, List.of());
        return new Throttle(settings, () -> new LoadLimit(step, false));
    }

    @Test
    void withoutNeedEverythingIsAsConfigured() {
        Throttle throttle = throttle(CNN, 0);
        assertThat(throttle.options()).isEqualTo(CNN);
        assertThat(throttle.processingWidth()).isZero();
        assertThat(throttle.restNanos(1_000_000)).isZero();
    }

    @Test
    void theFirstStepIsFewerFrames() {
        step = Step.RATE;
        Throttle throttle = throttle(CNN, 0);
        assertThat(throttle.options()).isEqualTo(CNN);
        assertThat(throttle.restNanos(1_000_000)).isEqualTo(1_000_000);
        assertThat(throttle.restNanos(5_000_000_000L)).isEqualTo(1_000_000_000);
    }

    @Test
    void theSecondIsSmallerFramesThatAreNotEnlarged() {
        step = Step.SIZE;
        assertThat(throttle(CNN, 0).options())
                .isEqualTo(
                        new RecognitionOptions(
                                "cnn",
                                new DetectionOptions(0, 50, 0.1, true),
                                Strategy.VOTE,
                                Tolerances.OWN,
                                3));
        assertThat(throttle(CNN, 0).processingWidth()).isEqualTo(640);
        assertThat(throttle(CNN, 1280).processingWidth()).isEqualTo(640);
        assertThat(throttle(CNN, 320).processingWidth()).isEqualTo(320);
    }

    @Test
    void theLastIsHogInThePlaceOfCnn() {
        step = Step.METHOD;
        assertThat(throttle(CNN, 0).options().detectionMethod()).isEqualTo("hog");
        assertThat(throttle(CNN, 0).restNanos(1_000_000)).isEqualTo(3_000_000);
        RecognitionOptions yunet =
                new RecognitionOptions(
                        "yunet", DetectionOptions.LIVE, Strategy.VOTE, Tolerances.OWN, 3);
        assertThat(throttle(yunet, 0).options()).isEqualTo(yunet);
    }
}
