// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import java.util.List;
import java.util.Objects;

/**
 * What the network of an encoder is given: a picture of a face, each pixel as (value - mean) /
 * deviation. Networks that take bytes are given them as they are.
 *
 * @param alignment where the parts of the face lie
 * @param size columns and rows; another size than the alignment's is scaled
 * @param blueFirst whether channels are in the order blue, green, red
 * @param mean of each channel, in the network's order
 * @param deviation of each channel, above 0
 */
public record EncoderInput(
        FaceAlignment alignment,
        int size,
        boolean blueFirst,
        List<Double> mean,
        List<Double> deviation) {
    /** dlib's chips as they are kept. */
    public static final EncoderInput DLIB =
            new EncoderInput(
                    FaceAlignment.DLIB, 150, false, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

    private static final int MOST = 1024;

    public EncoderInput {
        Objects.requireNonNull(alignment, "alignment");
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (size < 16 || size > MOST) {
            throw new IllegalArgumentException("a size is 16 to " + MOST + ", not " + size);
        }
        if (mean.size() != 3 || !mean.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a mean is 3 numbers, not " + mean);
        }
        if (deviation.size() != 3 || !deviation.stream().allMatch(d -> d > 0 && d < 1e6)) {
            throw new IllegalArgumentException(
                    "a deviation is 3 numbers above 0, not " + deviation);
        }
    }
}
