// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;

/** {@code facegate support}: one file for whoever helps. */
@Command(
        name = "support",
        mixinStandardHelpOptions = true,
        description = {
            "Collects logs, configuration, versions, what facegate doctor finds and what the running"
                    + " gateway is doing into one file that only its owner may read. Passwords, tokens,"
                    + " logins in URLs, key files and pictures are left out; names of people, too,"
                    + " unless wanted."
        })
public final class SupportCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final String ABOUT =
            """
            Collected by facegate support, version %s, at %s.

            Left out: passwords, tokens, logins in URLs, key files, pictures, faces, encodings, the
            databases%s.
            Still in here: names and addresses of machines, cameras, disks and users of this machine.
            Look through it before you give it away.
            """;

    private final Session session;
    private final Doctor doctor;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "The file to make (default: facegate-support-TIME.tar.gz here, or in /tmp)")
    private Path output;

    @Option(names = "--with-names", description = "Names of people, and when they were seen, too")
    private boolean withNames;

    public SupportCommand(Session session) {
        this(session, new Doctor());
    }

    SupportCommand(Session session, Doctor doctor) {
        this.session = session;
        this.doctor = doctor;
    }

    @Override
    public Integer call() throws IOException {
        Installation installation = Installation.of(session.parts());
        Instant now = Instant.now();
        Path file = output != null ? output : inThisFolder(now);
        List<String> names = write(file, installation, now);
        session.out().println(file.toAbsolutePath());
        session.say("Only you may read it. It holds:");
        names.forEach(name -> session.say("  " + name));
        session.say(
                withNames
                        ? "Names of people are in it; passwords and pictures are not."
                        : "Passwords, pictures and names of people are not in it (--with-names: names).");
        session.say("Look through it before you give it away: tar -xzf " + file.getFileName());
        return ExitCode.DONE;
    }

    /** Or among temporary files: what the service's user makes for root has no place in a home. */
    private Path inThisFolder(Instant now) {
        String name = "facegate-support-" + STAMP.format(now.atOffset(ZoneOffset.UTC)) + ".tar.gz";
        Path folder = session.path("").toAbsolutePath();
        return Files.isWritable(folder)
                ? folder.resolve(name)
                : Path.of(System.getProperty("java.io.tmpdir"), name);
    }

    private List<String> write(Path file, Installation installation, Instant now)
            throws IOException {
        try (OutputStream out = ownersOnly(file);
                TarFile tar = new TarFile(new GZIPOutputStream(out), now.getEpochSecond())) {
            tar.add(
                    "README.txt",
                    ABOUT.formatted(
                            installation.version(), now, withNames ? "" : ", names of people"));
            List<Finding> findings =
                    doctor.examine(
                            installation,
                            session.stop()::stopped,
                            subject -> DoctorCommand.tell(session, subject));
            Metatype metatype = Metatype.of(installation.home().resolve("bundle"));
            Redaction redaction =
                    new Redaction(
                            Redaction.secrets(installation.configuration(), metatype),
                            withNames ? Set.of() : people(installation, findings),
                            withNames);
            new SupportFiles(installation, redaction, metatype, tar).addAll(findings);
            return tar.names();
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(file); // half of it would be taken for the whole
            throw new IOException(
                    file + " cannot be written: " + e.getMessage() + "; name another with --output",
                    e);
        }
    }

    private static OutputStream ownersOnly(Path file) throws IOException {
        return Channels.newOutputStream(
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------"))));
    }

    /** Those whose names are to be hidden; a store that is not sound is left alone. */
    private static Set<String> people(Installation installation, List<Finding> findings) {
        boolean sound =
                findings.stream()
                        .noneMatch(
                                f ->
                                        f.subject().equals("store")
                                                && f.level() == Finding.Level.FAULT);
        Optional<String> answer = installation.gateway().ask("people", "list", "--json");
        if (answer.isEmpty() && sound && Files.exists(installation.data().resolve("facegate.db"))) {
            answer =
                    installation
                            .programs()
                            .run(
                                    Duration.ofSeconds(60),
                                    installation.home().resolve("bin/facegate").toString(),
                                    "people",
                                    "list",
                                    "--json",
                                    "--data",
                                    installation.data().toString())
                            .filter(Programs.Ended::well)
                            .map(Programs.Ended::lastLine);
        }
        Set<String> names = new HashSet<>();
        try {
            answer.map(JsonParser::parseString)
                    .map(json -> json.getAsJsonObject().getAsJsonArray("people"))
                    .ifPresent(
                            people -> {
                                for (JsonElement person : people) {
                                    names.add(person.getAsJsonObject().get("name").getAsString());
                                }
                            });
        } catch (JsonParseException | IllegalStateException e) {
            names.clear(); // lines of events are left out in any case
        }
        return names;
    }
}
