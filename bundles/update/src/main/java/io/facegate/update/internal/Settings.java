// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The configuration, checked: an invalid value is replaced by the default of its attribute.
 *
 * @param autoActivate whether an encoder nothing speaks against comes into use by itself
 * @param shadowSeconds how long it looks along before; 0: not at all
 * @param shadowFaces after so many faces that is over
 * @param complaints one line for each invalid value
 */
record Settings(boolean autoActivate, int shadowSeconds, int shadowFaces, List<String> complaints) {
    private static final int WEEK = 604_800;
    private static final int MOST_FACES = 100_000;

    static final Settings DEFAULT = new Settings(true, 60, 50, List.of());

    Settings {
        complaints = List.copyOf(complaints);
    }

    /** Reads a configuration. */
    static Settings of(UpdateConfig config) {
        List<String> complaints = new ArrayList<>();
        return new Settings(
                config.autoActivate(),
                whole(
                        "shadowSeconds",
                        config.shadowSeconds(),
                        0,
                        WEEK,
                        DEFAULT.shadowSeconds,
                        complaints),
                whole(
                        "shadowFaces",
                        config.shadowFaces(),
                        1,
                        MOST_FACES,
                        DEFAULT.shadowFaces,
                        complaints),
                complaints);
    }

    private static int whole(
            String name, int value, int least, int most, int instead, List<String> complaints) {
        if (value >= least && value <= most) {
            return value;
        }
        complaints.add(
                "%s is %d to %d, not %d; %d is used".formatted(name, least, most, value, instead));
        return instead;
    }
}
