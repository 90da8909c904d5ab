// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import java.time.Duration;

/**
 * When backups are made and how many are kept.
 *
 * @param enabled whether they are made without being asked for
 * @param interval least time between two of them
 * @param keep number kept, 1 or more
 */
record BackupSettings(boolean enabled, Duration interval, int keep) {
    BackupSettings {
        interval = interval.compareTo(Duration.ofHours(1)) < 0 ? Duration.ofHours(1) : interval;
        keep = Math.max(1, keep);
    }
}
