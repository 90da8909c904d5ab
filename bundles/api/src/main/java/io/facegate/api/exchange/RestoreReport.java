// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.exchange;

import io.facegate.api.store.Addition;

import java.util.Objects;

/**
 * What was restored.
 *
 * @param backup the backup it came from
 * @param addition what became of its people and encodings
 */
public record RestoreReport(BackupInfo backup, Addition addition) {
    public RestoreReport {
        Objects.requireNonNull(backup, "backup");
        Objects.requireNonNull(addition, "addition");
    }
}
