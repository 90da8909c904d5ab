// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A temperature of the processor.
 *
 * @param sensor the kernel's name of it
 * @param celsius degrees
 */
public record Temperature(String sensor, double celsius) {
    private static final String PROCESSORS = "(?i).*(cpu|soc|core|pkg|package|k10temp|thermal).*";

    /** The hottest sensor of the processor: thermal zones, or hardware monitors without those. */
    public static Optional<Temperature> hottest(KernelFiles files) {
        List<Temperature> all = new ArrayList<>();
        for (Path zone : files.list("sys/class/thermal", "thermal_zone*")) {
            add(files, zone.resolve("type"), zone.resolve("temp"), all);
        }
        if (all.isEmpty()) {
            for (Path monitor : files.list("sys/class/hwmon", "hwmon*")) {
                add(files, monitor.resolve("name"), monitor.resolve("temp1_input"), all);
            }
        }
        List<Temperature> processors =
                all.stream().filter(t -> t.sensor().matches(PROCESSORS)).toList();
        return (processors.isEmpty() ? all : processors)
                .stream().max(Comparator.comparingDouble(Temperature::celsius));
    }

    /** Nothing below -40 or above 150 degrees is a processor that runs. */
    private static void add(KernelFiles files, Path name, Path value, List<Temperature> all) {
        OptionalLong thousandths = files.number(value);
        if (thousandths.isPresent()
                && thousandths.getAsLong() > -40_000
                && thousandths.getAsLong() < 150_000) {
            String sensor = files.text(name).orElse("sensor");
            all.add(new Temperature(sensor, thousandths.getAsLong() / 1000.0));
        }
    }
}
