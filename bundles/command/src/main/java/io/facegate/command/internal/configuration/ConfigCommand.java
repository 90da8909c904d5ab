// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.configuration;

import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.Table;
import io.facegate.configuration.file.Versions;
import io.facegate.configuration.file.Versions.Version;
import io.facegate.configuration.file.WholeFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code facegate config}: earlier versions of files of configuration. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = {
            "Files of configuration as they were: of each the version in force and nine before it."
                    + " FILE is a file of the folder conf, or a part of its name."
        })
public final class ConfigCommand implements Callable<Integer> {
    private static final String END = ".config";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Session session;

    @Spec private CommandSpec spec;

    public ConfigCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "config: history, diff or restore?");
    }

    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = "Lists the versions of a file, or of all files.")
    int history(@Parameters(paramLabel = "FILE", arity = "0..1") String part) throws IOException {
        List<String> names = part == null ? versions().names() : List.of(name(part));
        Table table = new Table("FILE", "VERSION", "SINCE", "");
        for (String name : names) {
            String now = current(name);
            List<Version> all = versions().of(name);
            for (Version one : all) {
                boolean newest = one == all.get(all.size() - 1);
                String mark = one.text().equals(now) && newest ? "as the file is" : "";
                table.row(name, String.valueOf(one.number()), time(one.since()), mark);
            }
        }
        session.out().print(table);
        return ExitCode.DONE;
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = {
                "Shows what changed between a version and the file as it is; without a version, the"
                        + " last that is not the same. Passwords are not shown."
            })
    int diff(
            @Parameters(paramLabel = "FILE") String part,
            @Parameters(paramLabel = "VERSION", arity = "0..1") Integer number)
            throws IOException {
        String name = name(part);
        Version version = version(name, number);
        session.say(
                "- version %d of %s, + the file"
                        .formatted(version.number(), time(version.since())));
        LineChanges.between(version.text(), current(name)).forEach(session.out()::println);
        return ExitCode.DONE;
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a version the file; without a version, the last that is not the same. A"
                        + " gateway that runs takes it over within a second."
            })
    int restore(
            @Parameters(paramLabel = "FILE") String part,
            @Parameters(paramLabel = "VERSION", arity = "0..1") Integer number)
            throws IOException {
        String name = name(part);
        Version version = version(name, number);
        Path file = file(name);
        WholeFile.write(file, version.text());
        session.say(
                "%s is as it was since %s (version %d); what it was before is no longer there unless"
                                .formatted(file, time(version.since()), version.number())
                        + " it was in force: facegate config history "
                        + name);
        return ExitCode.DONE;
    }

    private Versions versions() {
        return new Versions(session.parts().data());
    }

    private Path file(String name) {
        return session.parts().data().resolve("conf").resolve(name);
    }

    private String current(String name) throws IOException {
        return Files.exists(file(name)) ? WholeFile.read(file(name)) : "";
    }

    private static String time(Instant moment) {
        return TIME.format(moment.atZone(ZoneId.systemDefault()));
    }

    private String name(String part) throws IOException {
        Set<String> all = new TreeSet<>(versions().names());
        if (all.contains(part) || all.contains(part + END)) {
            return all.contains(part) ? part : part + END;
        }
        Set<String> found =
                all.stream()
                        .filter(name -> name.contains(part))
                        .collect(Collectors.toCollection(TreeSet::new));
        if (found.size() == 1) {
            return found.iterator().next();
        }
        throw new IOException(
                found.isEmpty()
                        ? "There are no versions of a file "
                                + part
                                + (all.isEmpty()
                                        ? "; no gateway has read any yet."
                                        : "; there are: " + String.join(", ", all))
                        : part + " may be one of " + String.join(", ", found));
    }

    private Version version(String name, Integer number) throws IOException {
        List<Version> all = versions().of(name);
        String now = current(name);
        for (int i = all.size() - 1; i >= 0; i--) {
            Version one = all.get(i);
            if (number == null ? !one.text().equals(now) : one.number() == number) {
                return one;
            }
        }
        throw new IOException(
                number == null
                        ? "There is no version of " + name + " but the file as it is."
                        : "There is no version "
                                + number
                                + " of "
                                + name
                                + "; see: facegate config history "
                                + name);
    }
}
