// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration, checked: an invalid value is replaced by the default of its attribute.
 *
 * @param enabled whether anything is eased
 * @param hotCelsius from which on the processor is hot
 * @param coolCelsius below which it is cool
 * @param pressurePercent of waiting for memory that is need
 * @param scarceMegabytes of available memory below which there is need
 * @param scarceDiskMegabytes of free disk space below which there is need
 * @param check between two looks
 * @param step in need until the next step
 * @param calm until a step is taken back
 * @param complaints one line for each invalid value
 */
record Settings(
        boolean enabled,
        int hotCelsius,
        int coolCelsius,
        int pressurePercent,
        int scarceMegabytes,
        int scarceDiskMegabytes,
        Duration check,
        Duration step,
        Duration calm,
        List<String> complaints) {

    Settings {
        complaints = List.copyOf(complaints);
    }

    /** Reads a configuration. */
    static Settings of(GuardConfig config) {
        List<String> complaints = new ArrayList<>();
        int hot = whole("hotCelsius", config.hotCelsius(), 30, 120, 78, complaints);
        int cool = whole("coolCelsius", config.coolCelsius(), 20, 119, 72, complaints);
        if (cool >= hot) {
            complaints.add(
                    "coolCelsius is below hotCelsius (%d), not %d; %d is used"
                            .formatted(hot, cool, hot - 5));
            cool = hot - 5;
        }
        return new Settings(
                config.enabled(),
                hot,
                cool,
                whole("pressurePercent", config.pressurePercent(), 1, 100, 20, complaints),
                whole("scarceMegabytes", config.scarceMegabytes(), 0, 100_000, 60, complaints),
                whole(
                        "scarceDiskMegabytes",
                        config.scarceDiskMegabytes(),
                        0,
                        1_000_000,
                        200,
                        complaints),
                Duration.ofMillis(
                        whole("checkMillis", config.checkMillis(), 100, 600_000, 5000, complaints)),
                Duration.ofSeconds(
                        whole("stepSeconds", config.stepSeconds(), 0, 3600, 20, complaints)),
                Duration.ofSeconds(
                        whole("calmSeconds", config.calmSeconds(), 0, 86_400, 120, complaints)),
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
