// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.exchange;

import io.facegate.api.store.StoreContents;

import java.time.Instant;
import java.util.Objects;

/**
 * What a backup holds.
 *
 * @param number place in the order of making, from 1; 0 when it has none
 * @param createdAt when it was made, by a clock that may have been wrong
 * @param gateway id of the gateway that made it
 * @param contents how much is in it
 * @param bytes size of the whole file
 */
public record BackupInfo(
        long number, Instant createdAt, String gateway, StoreContents contents, long bytes) {
    public BackupInfo {
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(contents, "contents");
    }
}
