// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.encoder;

import java.util.List;

/**
 * Landmarks of one face, in the order of the predictor (dlib's 5 points: the outer and inner corner
 * of the eye at the right of the picture, the outer and inner corner of the other, base of the
 * nose).
 *
 * @param points at least one
 */
public record Landmarks(List<Point> points) {
    public Landmarks {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("no landmarks");
        }
    }
}
