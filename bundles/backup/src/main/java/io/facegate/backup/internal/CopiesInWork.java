// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.frame.CaptureTime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Copies of the store that a backup or a restore makes in the data folder and deletes at its end:
 * those of processes that were killed are still there.
 */
final class CopiesInWork {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String PREFIX = "gallery-copy-";

    private final Path data;
    private final CaptureTime began = CaptureTime.now();
    private final Map<Path, CaptureTime> found = new HashMap<>();

    CopiesInWork(Path data) {
        this.data = data;
    }

    /** Deletes those nobody works on any more. */
    ErasedPart erase(CaptureTime now) throws IOException {
        int deleted = 0;
        boolean young = false;
        List<Path> copies = copies();
        found.keySet().retainAll(copies);
        for (Path copy : copies) {
            if (age(copy, now).compareTo(LONGEST) < 0) {
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

    /** By the file's time, or when the clock was set meanwhile by how long it has been seen. */
    private Duration age(Path copy, CaptureTime now) throws IOException {
        Duration seen = found.computeIfAbsent(copy, c -> now).until(now);
        if (began.steppedUntil(now)) {
            return seen;
        }
        Instant changed = Files.getLastModifiedTime(copy).toInstant();
        Duration age = Duration.between(changed, now.clock());
        return age.compareTo(seen) > 0 ? age : seen;
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
