// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The clock: a Raspberry Pi has none that goes on without power. */
final class ClockCheck implements Check {
    private static final String SUBJECT = "clock";

    /** When this was written; no clock that is right is before it. */
    private static final int EARLIEST_YEAR = 2025;

    private static final int LATEST_YEAR = 2045;

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> look(Installation installation) {
        return List.of(judged(Instant.now(), isSynchronized(installation)));
    }

    static Finding judged(Instant now, Optional<Boolean> isSynchronized) {
        int year = now.atOffset(ZoneOffset.UTC).getYear();
        String seen = now.truncatedTo(ChronoUnit.SECONDS).toString();
        String advice =
                "sudo timedatectl set-ntp true, and let the network through to a time server (UDP port 123)";
        if (year < EARLIEST_YEAR || year > LATEST_YEAR) {
            return Finding.fault(
                    SUBJECT,
                    seen + ": the clock is wrong",
                    advice + "; or sudo date -s '2026-01-31 12:00'");
        }
        if (isSynchronized.isEmpty()) {
            return Finding.ok(
                    SUBJECT, seen + "; whether something keeps it right cannot be asked here");
        }
        return isSynchronized.get()
                ? Finding.ok(SUBJECT, seen + ", synchronised")
                : Finding.warning(SUBJECT, seen + ", not synchronised", advice);
    }

    private static Optional<Boolean> isSynchronized(Installation installation) {
        Optional<Boolean> told =
                installation
                        .programs()
                        .run(
                                Duration.ofSeconds(5),
                                "timedatectl",
                                "show",
                                "-p",
                                "NTPSynchronized",
                                "--value")
                        .filter(Programs.Ended::well)
                        .map(Programs.Ended::lastLine)
                        .filter(line -> line.equals("yes") || line.equals("no"))
                        .map("yes"::equals);
        return told.isPresent()
                        || !Files.exists(
                                installation.files().at("run/systemd/timesync/synchronized"))
                ? told
                : Optional.of(true);
    }
}
