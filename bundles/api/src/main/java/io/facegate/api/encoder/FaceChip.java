// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.encoder;

import java.util.Objects;

/** A face cut out, turned upright and scaled: packed RGB, square. Immutable by contract. */
public final class FaceChip {
    private final int size;
    private final byte[] rgb;

    /**
     * Takes over {@code rgb}.
     *
     * @param size columns and rows (150 for dlib's encoder)
     * @param rgb 3 x size x size bytes
     */
    public FaceChip(int size, byte[] rgb) {
        Objects.requireNonNull(rgb, "rgb");
        if (size < 1 || rgb.length != 3 * size * size) {
            throw new IllegalArgumentException(rgb.length + " bytes are no chip of size " + size);
        }
        this.size = size;
        this.rgb = rgb;
    }

    /** Columns and rows. */
    public int size() {
        return size;
    }

    /** The chip's own array, not a copy; must not be written to. */
    public byte[] rgb() {
        return rgb;
    }
}
