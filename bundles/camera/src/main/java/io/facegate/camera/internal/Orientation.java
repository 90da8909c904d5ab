// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

/**
 * How a picture is to be turned to be upright: mirrored first, then turned.
 *
 * @param mirrored whether left and right are exchanged
 * @param degrees clockwise: 0, 90, 180 or 270
 */
record Orientation(boolean mirrored, int degrees) {
    static final Orientation UPRIGHT = new Orientation(false, 0);

    /**
     * By a display matrix (ISO/IEC 14496-12, 8.3.2), to the nearest quarter of a turn: a point is
     * shown at ax + cy, bx + dy.
     */
    static Orientation of(double a, double b, double c, double d) {
        if (!(a * d - b * c != 0)) {
            return UPRIGHT; // Nothing would be seen.
        }
        long quarters = Math.round(Math.atan2(-c, d) / (Math.PI / 2));
        return new Orientation(a * d - b * c < 0, Math.floorMod(90 * (int) quarters, 360));
    }

    /** Turned further. */
    Orientation turned(int clockwise) {
        return new Orientation(mirrored, Math.floorMod(degrees + clockwise, 360));
    }

    /** Whether width and height change places. */
    boolean isLying() {
        return degrees % 180 != 0;
    }

    /** Pixels of RGB in their new places; those given when they stay. */
    byte[] applied(byte[] rgb, int width, int height) {
        if (equals(UPRIGHT)) {
            return rgb;
        }
        byte[] to = new byte[rgb.length];
        int columns = isLying() ? height : width;
        int last = width - 1;
        for (int y = 0, from = 0; y < height; y++) {
            for (int i = 0; i < width; i++, from += 3) {
                int x = mirrored ? last - i : i;
                int at =
                        3
                                * switch (degrees) {
                                    case 0 -> y * columns + x;
                                    case 90 -> x * columns + height - 1 - y;
                                    case 180 -> (height - 1 - y) * columns + last - x;
                                    default -> (last - x) * columns + y;
                                };
                to[at] = rgb[from];
                to[at + 1] = rgb[from + 1];
                to[at + 2] = rgb[from + 2];
            }
        }
        return to;
    }
}
