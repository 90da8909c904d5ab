// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long now;

    private Progress progress(boolean terminal, long total) {
        return new Progress(err, terminal, "pictures", total, () -> now);
    }

    private void steps(Progress progress, int count, long millisEach) {
        for (int i = 0; i < count; i++) {
            now += millisEach * 1_000_000;
            progress.step();
        }
    }

    @Test
    void terminalHasABarWithRateAndTimeLeft() {
        Progress progress = progress(true, 40);
        steps(progress, 10, 500);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("\r[======                  ] 10 of 40 pictures, 2.0/s, 0:15 left");
        progress.say("message");
        progress.end();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("\u001b[Kmessage\n\r\u001b[K");
    }

    @Test
    void otherwiseALineNowAndThen() {
        Progress progress = progress(false, 100);
        steps(progress, 25, 500);
        progress.end();
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "10 of 100 pictures, 2.0/s, 0:45 left",
                        "20 of 100 pictures, 2.0/s, 0:40 left");
    }
}
