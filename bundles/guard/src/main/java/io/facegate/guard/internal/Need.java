// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.internal;

import io.facegate.guard.machine.KernelFiles;
import io.facegate.guard.machine.Memory;
import io.facegate.guard.machine.Temperature;
import io.facegate.guard.machine.Voltage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How the machine is at one moment. Between need and calm is what is neither, so that a value that
 * wavers about its bound changes nothing.
 *
 * @param reasons what is in need, in words with what to do; empty when nothing is
 * @param calm whether nothing is near its bound
 * @param figures what was seen
 */
record Need(List<String> reasons, boolean calm, String figures) {
    private static final int CALM_PRESSURE_PART = 4;
    private static final double CALM_MEMORY_FACTOR = 1.5;

    Need {
        reasons = List.copyOf(reasons);
    }

    /** Looks; what the kernel does not tell is in no need. */
    static Need of(KernelFiles files, Settings settings) {
        Signals signals = new Signals();
        Optional<Temperature> heat = Temperature.hottest(files);
        heat.ifPresent(t -> signals.heat(t.celsius(), settings));
        Voltage.low(files).ifPresent(signals::voltage);
        OptionalDouble pressure = Memory.pressure(files);
        pressure.ifPresent(percent -> signals.pressure(percent, settings));
        Memory.of(files).ifPresent(memory -> signals.memory(memory, settings));
        return new Need(signals.reasons, signals.calm, String.join(", ", signals.figures));
    }

    /** What was seen so far. */
    private static final class Signals {
        private final List<String> reasons = new ArrayList<>();
        private final List<String> figures = new ArrayList<>();
        private boolean calm = true;

        void heat(double celsius, Settings settings) {
            String seen = String.format(Locale.ROOT, "%.1f °C", celsius);
            figures.add(seen);
            calm &= celsius < settings.coolCelsius();
            if (celsius >= settings.hotCelsius()) {
                reasons.add("the processor has " + seen + ": cool it");
            }
        }

        void voltage(boolean low) {
            calm &= !low;
            if (low) {
                reasons.add("the voltage is too low: use the power supply made for this board");
            }
        }

        void pressure(double percent, Settings settings) {
            calm &= percent < (double) settings.pressurePercent() / CALM_PRESSURE_PART;
            if (percent >= settings.pressurePercent()) {
                reasons.add(
                        "tasks wait for memory in "
                                + percent
                                + " % of the time: end other programs");
            }
        }

        void memory(Memory memory, Settings settings) {
            long available = memory.availableMegabytes();
            figures.add(available + " MB of memory available");
            calm &= available >= CALM_MEMORY_FACTOR * settings.scarceMegabytes();
            if (available < settings.scarceMegabytes()) {
                reasons.add("only " + available + " MB of memory are left: end other programs");
            }
        }
    }
}
