// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.DlibNative;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts faces out, upright and scaled, as {@link ResNetFaceEncoder} wants them (dlib's {@code
 * get_face_chip_details} and {@code extract_image_chips}). Thread-safe.
 */
public final class FaceChips {
    /** Columns and rows of a chip. */
    public static final int SIZE = 150;

    /** Room around the face, as a part of its size. */
    public static final double PADDING = 0.25;

    /** Bytes of a chip: packed RGB. */
    public static final int BYTES = 3 * SIZE * SIZE;

    private FaceChips() {}

    /**
     * Cuts out one chip per face; what lies outside the picture is black.
     *
     * @param image any format
     * @param landmarks 5 or 68 points per face, the same number for all, in dlib's order
     * @return {@link #BYTES} bytes of RGB per face, in the order of the faces; for a grey picture
     *     the three channels are equal
     * @throws DlibException landmarks that are no face (another number, or all in one place)
     */
    public static List<byte[]> extract(Image image, List<List<Point>> landmarks) {
        if (landmarks.isEmpty()) {
            return List.of();
        }
        int parts = landmarks.get(0).size();
        int[] xy = new int[landmarks.size() * parts * 2];
        int at = 0;
        for (List<Point> points : landmarks) {
            if (points.size() != parts) {
                throw new IllegalArgumentException(
                        "faces of " + parts + " and of " + points.size() + " landmarks");
            }
            for (Point point : points) {
                xy[at++] = point.x();
                xy[at++] = point.y();
            }
        }
        byte[] cut = new byte[Math.multiplyExact(landmarks.size(), BYTES)];
        DlibException.translate(
                () -> {
                    DlibNative.extract_chips(
                            image.pixels(),
                            image.width(),
                            image.height(),
                            image.stride(),
                            image.format().layout(),
                            xy,
                            parts,
                            landmarks.size(),
                            SIZE,
                            PADDING,
                            cut);
                    return null;
                });
        List<byte[]> chips = new ArrayList<>(landmarks.size());
        for (int from = 0; from < cut.length; from += BYTES) {
            chips.add(Arrays.copyOfRange(cut, from, from + BYTES));
        }
        return List.copyOf(chips);
    }
}
