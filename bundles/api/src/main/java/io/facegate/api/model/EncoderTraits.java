// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import java.util.Objects;

/**
 * What an encoder's descriptors are, and how they are compared.
 *
 * @param dimension numbers of a descriptor, 1 to {@value #MOST}
 * @param metric what the distance of two is
 * @param input what the network is given
 * @param tolerance largest distance at which two faces are of one person, as its maker says; the
 *     unit is that of the metric
 * @param unlike distance at which two faces have nothing in common: their score is 0; above the
 *     tolerance
 */
public record EncoderTraits(
        int dimension, Metric metric, EncoderInput input, double tolerance, double unlike) {
    /** Most numbers of a descriptor. */
    public static final int MOST = 4096;

    /** dlib's ResNet, and what a bundle is that says nothing. */
    public static final EncoderTraits DLIB =
            new EncoderTraits(128, Metric.EUCLIDEAN, EncoderInput.DLIB, 0.6, 1.2);

    /** What the distance of two descriptors is. */
    public enum Metric {
        /** That of the points. */
        EUCLIDEAN,
        /**
         * Only directions count: descriptors are brought to length 1, and the distance is that of
         * the points so made, 0 to 2. With the cosine c of the angle it is the root of 2 - 2 c.
         */
        COSINE
    }

    public EncoderTraits {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(input, "input");
        if (dimension < 1 || dimension > MOST) {
            throw new IllegalArgumentException(
                    "a descriptor has 1 to " + MOST + " numbers, not " + dimension);
        }
        if (!(tolerance > 0) || !(unlike > tolerance) || !Double.isFinite(unlike)) {
            throw new IllegalArgumentException(
                    "a tolerance is above 0 and below the distance of faces that have nothing in"
                            + " common, not "
                            + tolerance
                            + " and "
                            + unlike);
        }
    }

    /**
     * A distance of dlib's ResNet in the unit of this encoder: what is as alike for it. Distances
     * that are part of the program were measured with dlib's.
     */
    public double scaled(double dlibDistance) {
        return dlibDistance * (tolerance / DLIB.tolerance);
    }

    /**
     * How sure it is that two faces are of one person: 1 at distance 0, 0.5 at the tolerance, 0 at
     * {@link #unlike()}, with straight lines between.
     *
     * @param inForce tolerance; where it is another than the encoder's own, the distance of nothing
     *     in common moves with it
     */
    public double score(double distance, double inForce) {
        double end = unlike / tolerance * inForce;
        double score =
                distance <= inForce
                        ? 1 - distance / (2 * inForce)
                        : 0.5 * (1 - (distance - inForce) / (end - inForce));
        return Math.max(0, Math.min(1, score));
    }
}
