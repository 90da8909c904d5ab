// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.tracker;

import io.facegate.api.frame.Box;

import java.util.Objects;

/**
 * Where a followed object is.
 *
 * @param box trimmed to the frame
 * @param confidence how sure the tracker is: from 1 on the object looks as it did, below 1 it is
 *     changing, covered or lost; 0 or more, comparable within one implementation only
 */
public record TrackedBox(Box box, double confidence) {
    public TrackedBox {
        Objects.requireNonNull(box, "box");
        if (!(confidence >= 0)) {
            throw new IllegalArgumentException("confidence is 0 or more, not " + confidence);
        }
    }
}
