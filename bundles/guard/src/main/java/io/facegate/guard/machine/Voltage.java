// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.machine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a Raspberry Pi gets enough voltage, as its kernel module {@code raspberrypi-hwmon} tells.
 * The file {@code get_throttled} is left alone: newer kernels log a warning when it is read.
 */
public final class Voltage {
    private Voltage() {}

    /** Whether it is too low at this moment; empty where no sensor tells. */
    public static Optional<Boolean> low(KernelFiles files) {
        for (Path monitor : files.list("sys/class/hwmon", "hwmon*")) {
            if (files.text(monitor.resolve("name")).filter("rpi_volt"::equals).isPresent()) {
                OptionalLong alarm = files.number(monitor.resolve("in0_lcrit_alarm"));
                if (alarm.isPresent()) {
                    return Optional.of(alarm.getAsLong() != 0);
                }
            }
        }
        return Optional.empty();
    }
}
