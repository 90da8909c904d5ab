// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The configuration, checked: an invalid value is replaced by the default of its attribute.
 *
 * @param keep whether unknown people are told apart
 * @param tolerance distance up to which faces are the same unknown person
 * @param people kept at most
 * @param faces kept of each at most
 * @param days after the last sighting when one is forgotten
 * @param ignoredDays the same for the ignored
 * @param minFace least shorter side of a kept face, in pixels
 * @param minSharpness least sharpness of a kept face
 * @param complaints one line for each invalid value
 */
record Settings(
        boolean keep,
        double tolerance,
        int people,
        int faces,
        int days,
        int ignoredDays,
        int minFace,
        double minSharpness,
        List<String> complaints) {
    static final Settings DEFAULT = new Settings(true, 0.45, 500, 5, 30, 365, 60, 2, List.of());

    Settings {
        complaints = List.copyOf(complaints);
    }

    /** Reads a configuration. */
    static Settings of(SightingsConfig config) {
        List<String> complaints = new ArrayList<>();
        return new Settings(
                config.keep(),
                checked("tolerance", config.tolerance(), 0.1, 1, DEFAULT.tolerance, complaints),
                whole("people", config.people(), 1, 5000, DEFAULT.people, complaints),
                whole("faces", config.faces(), 1, 50, DEFAULT.faces, complaints),
                whole("days", config.days(), 1, 3650, DEFAULT.days, complaints),
                whole(
                        "ignoredDays",
                        config.ignoredDays(),
                        1,
                        3650,
                        DEFAULT.ignoredDays,
                        complaints),
                whole("minFace", config.minFace(), 0, 10_000, DEFAULT.minFace, complaints),
                checked(
                        "minSharpness",
                        config.minSharpness(),
                        0,
                        1e6,
                        DEFAULT.minSharpness,
                        complaints),
                complaints);
    }

    private static int whole(
            String name, int value, int from, int to, int fallback, List<String> complaints) {
        return (int) checked(name, value, from, to, fallback, complaints);
    }

    private static double checked(
            String name,
            double value,
            double from,
            double to,
            double fallback,
            List<String> complaints) {
        if (value >= from && value <= to) {
            return value;
        }
        complaints.add(
                name
                        + " is "
                        + from
                        + " to "
                        + to
                        + ", not "
                        + value
                        + "; "
                        + fallback
                        + " is used instead");
        return fallback;
    }
}
