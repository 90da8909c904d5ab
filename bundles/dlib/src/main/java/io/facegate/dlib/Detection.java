// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import java.util.Objects;

/**
 * A face found.
 *
 * @param box where, in pixels of the source picture, whatever the upsampling
 * @param score distance from dlib's threshold; negative only with a negative adjustment
 * @param weightIndex which of the HOG detector's five filters found it: 0 frontal, 1 left, 2 right,
 *     3 frontal rotated left, 4 frontal rotated right; 0 for MMOD
 */
public record Detection(Rectangle box, double score, int weightIndex) {
    public Detection {
        Objects.requireNonNull(box, "box");
    }
}
