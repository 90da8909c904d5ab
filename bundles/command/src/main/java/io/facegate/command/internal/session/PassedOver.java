// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells of files in folders of pictures that are none by their name: counted, or named. */
public final class PassedOver {
    @Option(
            names = "--verbose",
            description = "Name every file of a folder that is passed over as no picture")
    private boolean verbose;

    /** Says nothing where there is none. */
    public void say(Session session, List<Path> files) {
        if (files.isEmpty()) {
            return;
        }
        if (verbose) {
            files.forEach(file -> session.say(file + ": no picture by its name, passed over"));
        }
        session.say(
                "Passed over %s (%s)%s."
                        .formatted(
                                Count.of(
                                        files.size(),
                                        "file that is no picture",
                                        "files that are no pictures"),
                                kinds(files),
                                verbose ? "" : "; --verbose names them"));
    }

    private static String kinds(List<Path> files) {
        Map<String, Long> kinds =
                files.stream()
                        .collect(
                                Collectors.groupingBy(
                                        PassedOver::kind, TreeMap::new, Collectors.counting()));
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String kind(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (Files.isDirectory(file)) {
            return "link to a folder";
        }
        return dot < 1 || dot == name.length() - 1
                ? "without an ending"
                : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
