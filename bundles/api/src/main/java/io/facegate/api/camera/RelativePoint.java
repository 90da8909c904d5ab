// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

/**
 * A point of a picture, relative to its size, so that it stays where it is when a camera's
 * resolution changes.
 *
 * @param x from the left edge (0) to the right one (1)
 * @param y from the top edge (0) to the bottom one (1)
 */
public record RelativePoint(double x, double y) {
    public RelativePoint {
        if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
            throw new IllegalArgumentException(
                    "the corner " + x + "," + y + " is outside the picture: x and y are 0 to 1");
        }
    }
}
