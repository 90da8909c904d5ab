// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import java.util.List;

/**
 * A format and size a camera sends.
 *
 * @param format the driver's name, such as {@code YUYV} or {@code SRGGB10_CSI2P}
 * @param width columns
 * @param height rows
 * @param least the smallest size, where every one up to {@code width} x {@code height} is offered;
 *     else the same size
 * @param framesPerSecond the rates, the highest first; of a range its ends; empty: not known
 */
public record CameraMode(
        String format, int width, int height, Size least, List<Double> framesPerSecond) {
    /** Columns and rows. */
    public record Size(int width, int height) {
        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    public CameraMode {
        framesPerSecond = List.copyOf(framesPerSecond);
    }

    public CameraMode(String format, int width, int height, List<Double> framesPerSecond) {
        this(format, width, height, new Size(width, height), framesPerSecond);
    }
}
