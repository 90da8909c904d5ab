// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import io.facegate.api.erasure.ErasedPart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies of the store that a backup or a restore makes in the data folder and deletes at its end:
 * those of processes that were killed are still there.
 */
final class CopiesInWork {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String PREFIX = "gallery-copy-";

    private final Path data;

    CopiesInWork(Path data) {
        this.data = data;
    }

    /** Deletes those nobody works on any more. */
    ErasedPart erase(Instant now) throws IOException {
        int deleted = 0;
        boolean young = false;
        for (Path copy : copies()) {
            if (Files.getLastModifiedTime(copy).toInstant().plus(LONGEST).isAfter(now)) {
                young = true;
            } else if (Files.deleteIfExists(copy)) {
                deleted++;
            }
        }
        return new ErasedPart(
                "copies of interrupted backups",
                deleted,
                young ? "a backup or restore is running or was interrupted just now" : "",
                young);
    }

    private List<Path> copies() throws IOException {
        if (!Files.isDirectory(data)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(f -> f.getFileName().toString().startsWith(PREFIX)).toList();
        }
    }
}
