// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.detector;

import io.facegate.api.frame.Box;

import java.util.Objects;

/**
 * A face found.
 *
 * @param box where, trimmed to the picture
 * @param score the detector's confidence above its threshold; comparable within one method only
 */
public record FaceDetection(Box box, double score) {
    public FaceDetection {
        Objects.requireNonNull(box, "box");
    }
}
