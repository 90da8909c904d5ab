// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.outbox.OutboxMessage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

class OutboxKillTest {
    private static final int KILLS = 10;

    @TempDir Path folder;

    @Test
    void whatWasAcknowledgedBeforeAKillIsThere() throws Exception {
        Path path = folder.resolve("outbox.db");
        List<Long> acknowledged = new ArrayList<>();
        Random random = new Random();
        for (int kill = 0; kill < KILLS; kill++) {
            Path output = folder.resolve("output" + kill);
            Process process = AppendingProcess.start(path, output);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (ids(output).isEmpty()) {
                assertThat(process.isAlive() && System.nanoTime() < end).isTrue();
                process.waitFor(5, TimeUnit.MILLISECONDS);
            }
            assertThat(process.waitFor(random.nextInt(200), TimeUnit.MILLISECONDS)).isFalse();
            process.destroyForcibly().waitFor();
            acknowledged.addAll(ids(output));

            try (SqliteOutbox outbox = SqliteOutboxTest.opened(path, 1_000_000)) {
                assertThat(outbox.oldest(Integer.MAX_VALUE))
                        .extracting(OutboxMessage::id)
                        .containsAll(acknowledged);
            }
        }
        assertThat(acknowledged).doesNotHaveDuplicates().hasSizeGreaterThan(KILLS);
    }

    /** What was printed so far; a line begun is none. */
    private static List<Long> ids(Path output) throws Exception {
        String text = Files.readString(output);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Long::valueOf).toList();
    }
}
