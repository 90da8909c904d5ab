// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The gateway: whether it runs, what its parts say, whether it crashed. */
final class GatewayCheck implements Check {
    private static final String SUBJECT = "gateway";
    private static final int MANY_RESTARTS = 3;

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> look(Installation installation) throws IOException {
        List<Finding> findings = new ArrayList<>(parts(installation));
        service(installation).ifPresent(findings::add);
        crashes(installation.data().resolve("logs")).ifPresent(findings::add);
        return findings;
    }

    private static List<Finding> parts(Installation installation) {
        Optional<JsonObject> status = installation.gateway().askJson("status", "--json");
        if (status.isEmpty()) {
            return List.of(unanswered(installation));
        }
        List<Finding> findings = new ArrayList<>();
        int well = 0;
        for (JsonElement element : status.get().getAsJsonArray("parts")) {
            JsonObject part = element.getAsJsonObject();
            String seen = part.get("part").getAsString() + ": " + part.get("message").getAsString();
            switch (part.get("state").getAsString()) {
                case "failed" ->
                        findings.add(Finding.fault(SUBJECT, seen, "The message says what to do"));
                case "degraded" ->
                        findings.add(
                                Finding.warning(
                                        SUBJECT,
                                        seen,
                                        "The message says what to do, or what is waited for"));
                default -> well++;
            }
        }
        findings.add(0, Finding.ok(SUBJECT, "it runs, " + well + " parts are well"));
        return findings;
    }

    private static Finding unanswered(Installation installation) {
        Path data = installation.data();
        if (Files.isDirectory(data) && !Files.isExecutable(data)) {
            return Finding.warning(
                    SUBJECT,
                    "this user may not look into " + data,
                    "Ask as root: sudo facegate doctor");
        }
        if (installation.gateway().runs()) {
            return Finding.fault(
                    SUBJECT,
                    "one runs, but does not answer",
                    "If this stays so, restart it: sudo systemctl restart facegate; send us what facegate support collects first");
        }
        return Finding.warning(
                SUBJECT,
                "none runs with " + data,
                "Start it: sudo systemctl start facegate, or "
                        + installation.command("run")
                        + "; or name another folder with --data DIR");
    }

    private static Optional<Finding> service(Installation installation) {
        Optional<Programs.Ended> ended =
                installation
                        .programs()
                        .run(
                                Duration.ofSeconds(5),
                                "systemctl",
                                "show",
                                "facegate.service",
                                "-p",
                                "LoadState",
                                "-p",
                                "ActiveState",
                                "-p",
                                "NRestarts",
                                "-p",
                                "Result");
        if (ended.isEmpty() || !ended.get().well()) {
            return Optional.empty();
        }
        Map<String, String> unit =
                ended.get()
                        .text()
                        .lines()
                        .filter(line -> line.indexOf('=') > 0)
                        .collect(
                                Collectors.toMap(
                                        line -> line.substring(0, line.indexOf('=')),
                                        line -> line.substring(line.indexOf('=') + 1),
                                        (a, b) -> a));
        if (!"loaded".equals(unit.get("LoadState"))) {
            return Optional.empty();
        }
        String state = unit.getOrDefault("ActiveState", "?");
        String restarts = unit.getOrDefault("NRestarts", "0");
        String seen = "the service is " + state + ", restarted " + restarts + " times by itself";
        String advice = "journalctl -u facegate -n 100 tells why";
        if (state.equals("failed")) {
            return Optional.of(
                    Finding.fault(SUBJECT, seen + " (" + unit.get("Result") + ")", advice));
        }
        return Optional.of(
                restarts.matches("\\d{1,9}") && Integer.parseInt(restarts) > MANY_RESTARTS
                        ? Finding.warning(SUBJECT, seen, advice)
                        : Finding.ok(SUBJECT, seen));
    }

    private static Optional<Finding> crashes(Path logs) throws IOException {
        if (!Files.isReadable(logs)) {
            return Optional.empty();
        }
        try (var files = Files.list(logs)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("crash-.*\\.log"))
                            .sorted()
                            .toList();
            return names.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Finding.warning(
                                    SUBJECT,
                                    "it crashed: " + String.join(", ", names) + " in " + logs,
                                    "Send us what facegate support collects, then delete these files"));
        }
    }
}
