// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

import io.facegate.api.model.EncoderTraits;
import io.facegate.api.quality.CalibrationReport.Suggestion;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What tolerance would suit the gallery best. */
final class Suggested {
    /** With fewer, one picture moves the result too far. */
    private static final int LEAST_PEOPLE = 5;

    private static final int LEAST_PICTURES = 30;

    private Suggested() {}

    /**
     * The tolerance at which the parts of wrongly accepted and of missed faces together are least;
     * among equals the one nearest to the default.
     */
    static Suggestion of(List<Nearest> results, int people, EncoderTraits traits) {
        double standard = traits.tolerance();
        List<Nearest> judged = results.stream().filter(n -> n.own() >= 0).toList();
        if (people < LEAST_PEOPLE || judged.size() < LEAST_PICTURES) {
            return new Suggestion(
                    OptionalDouble.empty(),
                    format(
                            "too little to judge by: %d people, %d pictures of people with another"
                                    + " one; at least %d and %d are needed. Keep the default of"
                                    + " %s",
                            people, judged.size(), LEAST_PEOPLE, LEAST_PICTURES, standard));
        }
        double[] own = Calibration.sorted(judged, true);
        double[] other = Calibration.sorted(results, false);
        double best = standard;
        double least = errors(own, other, standard);
        for (int percent = 30; percent <= 80; percent++) {
            double t = traits.scaled(percent / 100.0);
            double errors = errors(own, other, t);
            boolean nearer = Math.abs(t - standard) < Math.abs(best - standard);
            if (errors < least - 1e-12 || (errors <= least + 1e-12 && nearer)) {
                best = t;
                least = errors;
            }
        }
        return new Suggestion(OptionalDouble.of(best), reason(own, other, best, standard));
    }

    private static double errors(double[] own, double[] other, double tolerance) {
        return accepted(other, tolerance) + missed(own, tolerance);
    }

    private static double accepted(double[] other, double tolerance) {
        return (double) Calibration.within(other, tolerance) / other.length;
    }

    private static double missed(double[] own, double tolerance) {
        return 1 - (double) Calibration.within(own, tolerance) / own.length;
    }

    private static String reason(double[] own, double[] other, double best, double standard) {
        String at =
                "at %.2f, %.1f %% of the faces would be taken for somebody else if their person were"
                        + " missing, and %.1f %% are not recognised by their own";
        String now =
                format(at, standard, 100 * accepted(other, standard), 100 * missed(own, standard));
        if (best == standard) {
            return now + "; no other tolerance does better";
        }
        return now
                + "; "
                + format(at, best, 100 * accepted(other, best), 100 * missed(own, best))
                + ". Look at the closest pairs first: wrongly filed pictures ask for too small a"
                + " tolerance";
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
