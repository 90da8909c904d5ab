// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import io.facegate.guard.machine.Temperature;
import io.facegate.guard.machine.Throttling;
import io.facegate.guard.machine.Voltage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Heat and power. */
final class PowerCheck implements Check {
    private static final String SUBJECT = "power";
    private static final double HOT = 75;
    private static final double TOO_HOT = 82;
    private static final String SUPPLY =
            "Use the power supply made for this Raspberry Pi (5 V, 3 A; 5 A for a Pi 5) and a short cable;"
                    + " unplug what draws from its USB ports";
    private static final String COOLING = "Cool it: a heat sink or fan, air around it, no sun";

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> look(Installation installation) {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                Temperature.hottest(installation.files())
                        .map(PowerCheck::heat)
                        .orElseGet(
                                () -> Finding.ok(SUBJECT, "no sensor tells the temperature here")));
        Optional<Boolean> low = Voltage.low(installation.files());
        if (low.isPresent()) {
            findings.add(
                    low.get()
                            ? Finding.fault(SUBJECT, "the voltage is too low", SUPPLY)
                            : Finding.ok(SUBJECT, "the voltage is high enough at this moment"));
        }
        throttling(installation).ifPresent(findings::add);
        KernelLog.of(installation.programs())
                .voltage()
                .ifPresent(
                        line ->
                                findings.add(
                                        Finding.warning(
                                                SUBJECT, "the kernel tells: " + line, SUPPLY)));
        return findings;
    }

    private static Finding heat(Temperature temperature) {
        String seen =
                String.format(
                        Locale.ROOT, "%.1f °C (%s)", temperature.celsius(), temperature.sensor());
        if (temperature.celsius() >= TOO_HOT) {
            return Finding.fault(SUBJECT, seen, COOLING);
        }
        return temperature.celsius() >= HOT
                ? Finding.warning(SUBJECT, seen, COOLING)
                : Finding.ok(SUBJECT, seen);
    }

    /** Of a Raspberry Pi's firmware; vcgencmd is there and may be used, or nothing is said. */
    private static Optional<Finding> throttling(Installation installation) {
        return installation
                .programs()
                .run(Duration.ofSeconds(5), "vcgencmd", "get_throttled")
                .flatMap(ended -> Throttling.of(ended.text()))
                .map(PowerCheck::throttled);
    }

    private static Finding throttled(Throttling throttling) {
        boolean voltage = (throttling.bits() & 0x10001) != 0;
        String advice = voltage ? SUPPLY : COOLING;
        if (!throttling.now().isEmpty()) {
            return Finding.fault(
                    SUBJECT, "the firmware tells: " + String.join(", ", throttling.now()), advice);
        }
        return throttling.sinceStart().isEmpty()
                ? Finding.ok(SUBJECT, "the firmware tells of no throttling since the start")
                : Finding.warning(
                        SUBJECT,
                        "since the start, the firmware tells: "
                                + String.join(", ", throttling.sinceStart()),
                        advice);
    }
}
