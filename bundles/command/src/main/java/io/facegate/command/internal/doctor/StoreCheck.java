// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import io.facegate.sqlite.SqliteCheck;
import io.facegate.sqlite.SqliteFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The databases and their backups; nothing is changed. */
final class StoreCheck implements Check {
    private static final String SUBJECT = "store";
    private static final String PID = "io.facegate.store";
    private static final Pattern BACKUP =
            Pattern.compile("gallery-(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})\\d{2}Z-.*\\.backup");

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
        ConfigurationFolder configuration = installation.configuration();
        Path data = installation.data();
        Path store = data.resolve(configuration.value(PID, "file", "facegate.db"));
        List<Finding> findings = new ArrayList<>();
        boolean running = installation.gateway().runs();
        findings.add(file(installation, store, running, "people are added by facegate people add"));
        findings.add(
                file(installation, data.resolve("outbox.db"), running, "the gateway makes it"));
        for (Path damaged : SqliteFile.damaged(store)) {
            findings.add(
                    Finding.warning(
                            SUBJECT,
                            "a damaged store was set aside: " + damaged,
                            installation.command("restore --newest")
                                    + " brings back who is missing; then delete the file"));
        }
        keyFile(installation, configuration).ifPresent(findings::add);
        findings.add(backups(installation, configuration));
        return findings;
    }

    private static Finding file(Installation installation, Path file, boolean running, String how)
            throws IOException {
        String name = file.getFileName().toString();
        if (!Files.exists(file)) {
            return Finding.ok(SUBJECT, "no " + name + " yet: " + how);
        }
        if (!Files.isReadable(file)) {
            return Finding.warning(
                    SUBJECT,
                    "this user may not read " + file,
                    "Ask as "
                            + Files.getOwner(file).getName()
                            + ", or as root: sudo facegate doctor");
        }
        if (!Files.getOwner(file).getName().equals(installation.user())) {
            return Finding.fault(
                    SUBJECT,
                    file + " belongs to " + Files.getOwner(file).getName(),
                    "sudo chown -R " + installation.user() + ": " + installation.data());
        }
        if (running) {
            return Finding.ok(SUBJECT, name + " is open in the gateway, which looks after it");
        }
        Optional<String> damage = SqliteCheck.damage(file);
        return damage.isEmpty()
                ? Finding.ok(SUBJECT, name + " is sound, " + Files.size(file) / 1024 + " KB")
                : Finding.fault(
                        SUBJECT,
                        name + " is damaged: " + damage.get(),
                        "Copy "
                                + file
                                + " away, start the gateway, which sets it aside, then "
                                + installation.command("restore --newest"));
    }

    private static Optional<Finding> keyFile(
            Installation installation, ConfigurationFolder configuration) {
        String key =
                configuration.value(
                        PID,
                        "key.file",
                        Optional.ofNullable(System.getenv("FACEGATE_KEY_FILE")).orElse(""));
        if (key.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Files.isReadable(installation.data().resolve(key))
                        ? Finding.ok(SUBJECT, "the key file is there")
                        : Finding.fault(
                                SUBJECT,
                                "the key file " + key + " cannot be read",
                                "Without it the encrypted store stays closed: mount the disk it is on,"
                                        + " or put the copy there that you keep elsewhere"));
    }

    private static Finding backups(Installation installation, ConfigurationFolder configuration) {
        String pid = "io.facegate.backup";
        Path folder = installation.data().resolve(configuration.value(pid, "folder", "backups"));
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (IOException | RuntimeException e) {
            names.clear(); // none was made yet
        }
        Optional<Matcher> newest =
                names.stream()
                        .map(BACKUP::matcher)
                        .filter(Matcher::matches)
                        .max(Comparator.comparing(Matcher::group));
        if (newest.isEmpty()) {
            return Finding.ok(
                    SUBJECT,
                    "no backup in "
                            + folder
                            + " yet: "
                            + installation.command("backup now")
                            + " makes one");
        }
        Matcher at = newest.get();
        boolean same = !configuration.files().containsKey(pid + ".config");
        return Finding.ok(
                SUBJECT,
                "the newest backup in "
                        + folder
                        + " is of "
                        + at.group(1)
                        + "-"
                        + at.group(2)
                        + "-"
                        + at.group(3)
                        + " "
                        + at.group(4)
                        + ":"
                        + at.group(5)
                        + " UTC"
                        + (same ? "; on the same disk, which takes it along when it dies" : ""));
    }
}
