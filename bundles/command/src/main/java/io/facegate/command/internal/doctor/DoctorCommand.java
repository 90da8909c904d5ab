// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.command.internal.doctor.Finding.Level;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * {@code facegate doctor}: looks at machine and installation, with a running gateway or without.
 */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at camera, groups, memory, disk, clock, power, broker, ports, versions, models and"
                    + " store, beside a running gateway or without one, and says what to do. Changes"
                    + " nothing. Exit code: 0 all is well, 1 something works with less than it should,"
                    + " 2 something does not work."
        })
public final class DoctorCommand implements Callable<Integer> {
    private final Session session;
    private final Doctor doctor;

    @Option(names = "--json", description = "One JSON object")
    private boolean json;

    public DoctorCommand(Session session) {
        this(session, new Doctor());
    }

    DoctorCommand(Session session, Doctor doctor) {
        this.session = session;
        this.doctor = doctor;
    }

    @Override
    public Integer call() {
        List<Finding> findings =
                doctor.examine(
                        Installation.of(session.parts()),
                        session.stop()::stopped,
                        subject -> tell(session, subject));
        session.out().print(json ? json(findings) + "\n" : text(findings));
        return worst(findings).ordinal();
    }

    /** On a terminal: some subjects take seconds. */
    static void tell(Session session, String subject) {
        if (session.terminal()) {
            session.say("Looking at: " + subject + "…");
        }
    }

    private static String count(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    static Level worst(List<Finding> findings) {
        return findings.stream()
                .map(Finding::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.OK);
    }

    /** A line for each finding, and below it what to do. */
    public static String text(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-7s  %-13s  %s%n",
                            finding.level().word(),
                            finding.subject(),
                            finding.seen()));
            if (!finding.advice().isEmpty()) {
                text.append(" ".repeat(24)).append("→ ").append(finding.advice()).append('\n');
            }
        }
        long faults = findings.stream().filter(f -> f.level() == Level.FAULT).count();
        long warnings = findings.stream().filter(f -> f.level() == Level.WARNING).count();
        return text.append(
                        faults + warnings == 0
                                ? "All is well.\n"
                                : count(faults, "fault")
                                        + ", "
                                        + count(warnings, "warning")
                                        + ".\n")
                .toString();
    }

    private static String json(List<Finding> findings) {
        JsonArray array = new JsonArray();
        for (Finding finding : findings) {
            JsonObject one = new JsonObject();
            one.addProperty("subject", finding.subject());
            one.addProperty("level", finding.level().word());
            one.addProperty("seen", finding.seen());
            one.addProperty("advice", finding.advice());
            array.add(one);
        }
        JsonObject root = new JsonObject();
        root.addProperty("level", worst(findings).word());
        root.add("findings", array);
        return Json.text(root);
    }
}
