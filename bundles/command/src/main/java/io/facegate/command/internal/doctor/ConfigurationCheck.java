// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import io.facegate.command.internal.doctor.ConfigurationFolder.ConfigurationFile;
import io.facegate.command.internal.doctor.ConfigurationFolder.Value;
import io.facegate.command.internal.doctor.Metatype.Attribute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether every file of configuration is read, and says what may be said there. */
final class ConfigurationCheck implements Check {
    private static final String SUBJECT = "configuration";
    private static final String FORM =
            "Each line is key=\"text\", or key=I\"1\" (whole number), D\"10.0\" (with its point),"
                    + " B\"true\"; it is read again at once";

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public boolean needsData() {
        return true;
    }

    @Override
    public List<Finding> look(Installation installation) throws IOException {
        Metatype metatype = Metatype.of(installation.home().resolve("bundle"));
        ConfigurationFolder folder = installation.configuration();
        List<Finding> findings = new ArrayList<>();
        folder.files().values().forEach(file -> look(file, metatype, findings));
        openToOthers(installation).ifPresent(findings::add);
        if (findings.isEmpty()) {
            findings.add(Finding.ok(SUBJECT, folder.files().size() + " files, all understood"));
        }
        return findings;
    }

    private static void look(ConfigurationFile file, Metatype metatype, List<Finding> findings) {
        if (!file.unreadable().isEmpty()) {
            findings.add(
                    Finding.fault(
                            SUBJECT,
                            file.path() + " cannot be read: " + file.unreadable(),
                            "Ask as its owner, or as root; if the card has errors, put a copy there"));
        } else if (file.strange() > 0) {
            findings.add(
                    Finding.fault(
                            SUBJECT,
                            file.path() + ": line " + file.strange() + " cannot be understood",
                            FORM));
        }
        Map<String, Attribute> known = metatype.attributes().get(file.pid());
        if (known == null) {
            if (file.pid().startsWith("io.facegate.")) {
                findings.add(
                        Finding.warning(
                                SUBJECT,
                                file.path() + ": nothing is configured by this name",
                                "Correct the name of the file, or remove it"));
            }
            return;
        }
        file.values()
                .forEach(
                        (key, value) ->
                                problem(key, value, known)
                                        .ifPresent(p -> findings.add(wrong(file, key, p))));
    }

    private static Finding wrong(ConfigurationFile file, String key, String problem) {
        String seen = file.path() + ": " + key + " " + problem;
        return problem.startsWith("is not known")
                ? Finding.warning(SUBJECT, seen, "Correct the key, or remove the line")
                : Finding.fault(SUBJECT, seen, FORM);
    }

    private static Optional<String> problem(String key, Value value, Map<String, Attribute> known) {
        Attribute attribute = known.get(key);
        if (attribute == null) {
            boolean frameworks = key.startsWith("service.") || key.startsWith("felix.");
            return frameworks ? Optional.empty() : Optional.of("is not known here");
        }
        if (attribute.list() || attribute.isPassword()) {
            return Optional.empty();
        }
        boolean bits = "DF".contains(value.type()) && !value.type().isEmpty();
        if (bits && value.text().matches("-?0*[1-9]\\d{0,5}")) {
            return Optional.of("needs its point: \"" + value.text() + ".0\"");
        }
        return bits && value.text().matches("-?\\d{7,}")
                ? Optional.empty() // as a program saves it, by its bits
                : attribute.problem(value.text());
    }

    private static Optional<Finding> openToOthers(Installation installation) {
        try {
            var open = Files.getPosixFilePermissions(installation.data());
            return open.contains(PosixFilePermission.OTHERS_READ)
                    ? Optional.of(
                            Finding.warning(
                                    SUBJECT,
                                    "everybody on this machine may look into "
                                            + installation.data(),
                                    "chmod 700 " + installation.data()))
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // not there yet
        }
    }
}
