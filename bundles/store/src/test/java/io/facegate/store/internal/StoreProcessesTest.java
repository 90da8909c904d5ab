// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that write at the same time; for those that die see {@link StoreKillTest}. */
class StoreProcessesTest {
    @TempDir Path folder;

    private static void awaitLine(Process process, Path output) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (AddingProcess.lines(output).isEmpty()) {
            assertThat(process.isAlive() && System.nanoTime() < end).isTrue();
            process.waitFor(5, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void twoProcessesWriteTheSameFile() throws Exception {
        int changes = 40;
        Path path = folder.resolve("facegate.db");
        SqliteStoreTest.opened(path).close();
        Path output = folder.resolve("output");
        Process process = AddingProcess.start(path, "Other", changes, output);
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            awaitLine(process, output);
            for (int i = 0; i < changes; i++) {
                store.add("Own", List.of(Faces.encoding(i)));
            }
            assertThat(process.waitFor()).isZero();
            store.poll();

            assertThat(store.find("Own").orElseThrow().encodings()).isEqualTo(changes);
            assertThat(store.find("Other").orElseThrow().encodings())
                    .isEqualTo(changes * AddingProcess.EACH);
            assertThat(store.gallery().section(Faces.MODEL).orElseThrow().size())
                    .isEqualTo(changes * (1 + AddingProcess.EACH));
        }
    }
}
