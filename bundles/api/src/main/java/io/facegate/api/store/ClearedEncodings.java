// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import java.util.Objects;

/**
 * What became of the encodings of a model that was to be cleared.
 *
 * @param removed number of encodings that are gone
 * @param left number of encodings that stay, each the only one of its face
 * @param remains why what was removed can still be read in the file; it is tried again. Empty when
 *     nothing can
 */
public record ClearedEncodings(int removed, int left, String remains) {
    public ClearedEncodings {
        Objects.requireNonNull(remains, "remains");
    }
}
