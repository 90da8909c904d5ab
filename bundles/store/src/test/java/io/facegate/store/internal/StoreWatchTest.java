// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class StoreWatchTest {
    @TempDir Path folder;

    @Test
    void changesOfOthersArriveAndNoThreadIsLeft() throws Exception {
        Path path = folder.resolve("facegate.db");
        Bulk.fill(path, 500, 10);
        try (SqliteStore other = SqliteStoreTest.opened(path)) {
            SqliteStore store = SqliteStoreTest.opened(path);
            StoreWatch watch = new StoreWatch(store, 20, true);
            other.add("Bob", List.of(Faces.encoding(1)));

            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (store.find("Bob").isEmpty() && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(store.find("Bob")).isPresent();

            watch.close();
            watch.close();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("facegate-store"));
        }
    }

    @Test
    void closingAtOnceEndsTheCheck() throws Exception {
        Path path = folder.resolve("facegate.db");
        Bulk.fill(path, 3000, 10);
        for (int i = 0; i < 20; i++) {
            SqliteStore store = SqliteStoreTest.opened(path);
            StoreWatch watch = new StoreWatch(store, 1, true);
            long start = System.nanoTime();
            watch.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(3));
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("facegate-store"));
    }
}
