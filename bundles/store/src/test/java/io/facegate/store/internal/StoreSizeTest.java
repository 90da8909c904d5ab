// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class StoreSizeTest {
    @TempDir Path folder;

    @Test
    void chipsTakeHardlyMoreThanTheirPng() throws Exception {
        Path path = folder.resolve("facegate.db");
        long bytes = 0;
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            for (int i = 0; i < 40; i++) {
                bytes += ChipPng.encode(Optional.of(Faces.chip(i))).orElseThrow().length;
                store.add("P", List.of(Faces.withChip(i, "a photo")));
            }
        }
        assertThat(Files.size(path)).isLessThan(bytes * 5 / 4 + 100_000);
    }
}
