// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.backup;

import io.facegate.api.exchange.BackupInfo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A backup the gateway made by itself.
 *
 * @param file where it is, absolute
 * @param madeAt when, by a clock that may have been wrong
 * @param future whether its content or its name is dated later than now
 * @param bytes size of the file
 * @param info what it holds; empty when it is not good
 * @param problem what is wrong with it; empty when it is good
 */
public record Backup(
        Path file,
        Instant madeAt,
        boolean future,
        long bytes,
        Optional<BackupInfo> info,
        String problem) {
    public Backup {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(madeAt, "madeAt");
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(problem, "problem");
    }

    /** Whether it was read to its end and its checksum is right. */
    public boolean good() {
        return info.isPresent();
    }
}
