// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.quality;

import io.facegate.api.model.ModelKey;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well people of the gallery are told apart.
 *
 * @param model whose encodings were compared; empty when there are none
 * @param tolerance the one in force
 * @param extent what was looked at
 * @param leaveOneOut how encodings were recognised by the others, at the tolerance
 * @param distances how many pairs lie how far apart
 * @param rates errors by tolerance, ascending
 * @param closest pairs of different people, the closest first, each pair of people once
 * @param farthest pairs of one person, the farthest first, each person once
 * @param suggestion what tolerance would suit
 */
public record CalibrationReport(
        Optional<ModelKey> model,
        double tolerance,
        Extent extent,
        LeaveOneOut leaveOneOut,
        Distances distances,
        List<ErrorRates> rates,
        List<FacePair> closest,
        List<FacePair> farthest,
        Suggestion suggestion) {
    /**
     * What was looked at.
     *
     * @param people who have encodings of the model
     * @param encodings of the model
     * @param examined encodings compared with all others; fewer than there are when sampled
     * @param seed of the sample
     */
    public record Extent(int people, int encodings, int examined, long seed) {
        /** Whether every encoding was examined. */
        public boolean complete() {
            return examined == encodings;
        }
    }

    /**
     * What became of the examined encodings when the nearest other encoding gives the name.
     *
     * @param recognised named rightly
     * @param missed unknown, though the person has another encoding
     * @param misnamed named as another person
     * @param alone the person's only encoding, rightly unknown
     */
    public record LeaveOneOut(int recognised, int missed, int misnamed, int alone) {}

    /**
     * Two histograms.
     *
     * @param binWidth of a bin, from 0 on; the last bin also has everything beyond
     * @param same pairs of encodings of one person
     * @param others pairs of different people
     */
    public record Distances(double binWidth, List<Long> same, List<Long> others) {
        public Distances {
            same = List.copyOf(same);
            others = List.copyOf(others);
        }
    }

    /**
     * Errors at a tolerance.
     *
     * @param falseAccept part of the examined encodings that would be named as somebody else if
     *     their own person were not in the gallery
     * @param falseReject part of those with another encoding of their person, that are farther than
     *     the tolerance from each
     */
    public record ErrorRates(double tolerance, double falseAccept, double falseReject) {}

    /** Two encodings. */
    public record FacePair(
            double distance, String name, String source, String otherName, String otherSource) {}

    /**
     * What tolerance would suit.
     *
     * @param tolerance empty when there is too little to judge by
     * @param reason one line
     */
    public record Suggestion(OptionalDouble tolerance, String reason) {
        public Suggestion {
            Objects.requireNonNull(tolerance, "tolerance");
            Objects.requireNonNull(reason, "reason");
        }
    }

    public CalibrationReport {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(extent, "extent");
        Objects.requireNonNull(leaveOneOut, "leaveOneOut");
        Objects.requireNonNull(distances, "distances");
        Objects.requireNonNull(suggestion, "suggestion");
        rates = List.copyOf(rates);
        closest = List.copyOf(closest);
        farthest = List.copyOf(farthest);
    }
}
