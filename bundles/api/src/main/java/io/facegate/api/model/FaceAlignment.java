// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the parts of a face lie in the picture an encoder is given. The chips that are kept of
 * every face are {@link #DLIB}'s; those of another alignment are derived from them by a map that is
 * the same for every face.
 */
public enum FaceAlignment {
    /**
     * dlib's face chip of 150 x 150 pixels with a padding of 0.25, laid out by the corners of the
     * eyes and the base of the nose ({@code get_face_chip_details}).
     */
    DLIB("dlib-150", 150, List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0)),

    /**
     * The 112 x 112 pixels of ArcFace and of many encoders after it: eyes at (38.29, 51.70) and
     * (73.53, 51.50), nose at (56.03, 71.74), corners of the mouth at (41.55, 92.37) and (70.73,
     * 92.20). The map is the similarity that best takes the median of the five points that YuNet
     * (2023mar) finds in dlib's chips of 132 faces to these.
     */
    ARCFACE(
            "arcface-112",
            112,
            List.of(
                    0.640516524,
                    0.00490288765,
                    6.99709076,
                    -0.00490288765,
                    0.640516524,
                    22.9899408));

    private final String word;
    private final int size;
    private final List<Double> map;

    FaceAlignment(String word, int size, List<Double> map) {
        this.word = word;
        this.size = size;
        this.map = map;
    }

    /** As it is called in bundles and commands. */
    public String word() {
        return word;
    }

    /** Columns and rows. */
    public int size() {
        return size;
    }

    /**
     * The matrix of 2 rows and 3 columns, row by row, that takes pixels (x, y, 1) of a chip of
     * {@link #DLIB} to those of this alignment.
     */
    public List<Double> fromDlib() {
        return map;
    }

    /** The alignment of a name. */
    public static Optional<FaceAlignment> of(String word) {
        return Stream.of(values()).filter(alignment -> alignment.word.equals(word)).findFirst();
    }
}
