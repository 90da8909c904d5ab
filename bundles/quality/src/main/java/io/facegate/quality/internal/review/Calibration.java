// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

import io.facegate.api.model.EncoderTraits;
import io.facegate.api.quality.CalibrationReport;
import io.facegate.api.quality.CalibrationReport.ErrorRates;
import io.facegate.api.store.StoreException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/** Leave-one-out over the encodings of one model. */
final class Calibration {
    /** Width of a histogram's bin. */
    static final double BIN = 0.02;

    /** Bins, from 0 to 1.4: unit-free distances of dlib's encoder reach about 1.3. */
    static final int BINS = 70;

    private final Rows rows;
    private final double tolerance;
    private final EncoderTraits traits;
    private final double bin;
    private final long[] same = new long[BINS];
    private final long[] others = new long[BINS];
    private final List<Nearest> results = new ArrayList<>();
    private final Extremes extremes;

    Calibration(Rows rows, double tolerance, EncoderTraits traits) {
        this.rows = rows;
        this.tolerance = tolerance;
        this.traits = traits;
        bin = traits.scaled(BIN);
        this.extremes = new Extremes(rows);
    }

    /** Compares the encodings, or a sample of them, with all. */
    CalibrationReport run(
            Sources sources, long mostDistances, DoubleConsumer progress, BooleanSupplier stopped)
            throws StoreException {
        int[] all = IntStream.range(0, rows.size()).toArray();
        int[] sample = Rows.sample(all, Math.max(1, mostDistances / Math.max(1, all.length)));
        boolean complete = sample.length == all.length;
        for (int i = 0; i < sample.length && !stopped.getAsBoolean(); i++) {
            examine(sample[i], complete);
            progress.accept((i + 1.0) / sample.length);
        }
        return new CalibrationReport(
                Optional.of(rows.section().model()).filter(model -> rows.size() > 0),
                tolerance,
                new CalibrationReport.Extent(
                        rows.section().people().size(), rows.size(), results.size(), Rows.SEED),
                leaveOneOut(),
                new CalibrationReport.Distances(bin, boxed(same), boxed(others)),
                rates(),
                extremes.closest(sources),
                extremes.farthest(sources),
                Suggested.of(results, rows.section().people().size(), traits));
    }

    /**
     * @param complete whether every row will be examined: then each pair is met twice and counted
     *     once
     */
    private void examine(int row, boolean complete) {
        Nearest nearest = new Nearest(rows, row);
        int owner = rows.owner(row);
        rows.distances(
                rows.vector(row),
                (candidate, distance) -> {
                    nearest.add(candidate, distance);
                    if (candidate < row || (candidate > row && !complete)) {
                        int bin = Math.min(BINS - 1, (int) (distance / this.bin));
                        if (rows.owner(candidate) == owner) {
                            same[bin]++;
                            extremes.same(row, candidate, distance);
                        } else {
                            others[bin]++;
                        }
                    }
                });
        extremes.others(nearest);
        results.add(nearest);
    }

    private CalibrationReport.LeaveOneOut leaveOneOut() {
        int recognised = 0;
        int missed = 0;
        int misnamed = 0;
        int alone = 0;
        for (Nearest n : results) {
            if (n.otherDistance() <= tolerance && n.otherDistance() < n.ownDistance()) {
                misnamed++;
            } else if (n.own() < 0) {
                alone++;
            } else if (n.ownDistance() <= tolerance) {
                recognised++;
            } else {
                missed++;
            }
        }
        return new CalibrationReport.LeaveOneOut(recognised, missed, misnamed, alone);
    }

    private List<ErrorRates> rates() {
        double[] own = sorted(results.stream().filter(n -> n.own() >= 0).toList(), true);
        double[] other = sorted(results, false);
        List<ErrorRates> rates = new ArrayList<>();
        for (int percent = 20; percent <= 100; percent++) {
            double t = traits.scaled(percent / 100.0);
            rates.add(
                    new ErrorRates(
                            t,
                            other.length == 0 ? 0 : (double) within(other, t) / other.length,
                            own.length == 0 ? 0 : 1 - (double) within(own, t) / own.length));
        }
        return rates;
    }

    static double[] sorted(List<Nearest> results, boolean own) {
        return results.stream()
                .mapToDouble(n -> own ? n.ownDistance() : n.otherDistance())
                .sorted()
                .toArray();
    }

    /** How many of some ascending numbers are at most so large. */
    static int within(double[] ascending, double most) {
        int at = Arrays.binarySearch(ascending, Math.nextUp(most));
        int end = at >= 0 ? at : -at - 1;
        while (end > 0 && ascending[end - 1] > most) {
            end--;
        }
        return end;
    }

    private static List<Long> boxed(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }
}
