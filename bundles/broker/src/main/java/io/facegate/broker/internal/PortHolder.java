// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds which process listens on a TCP port, as far as this process may look (Linux /proc). */
final class PortHolder {
    private static final String LISTEN = "0A";

    private PortHolder() {}

    /** Name and process id, such as {@code mosquitto (process 812)}; empty when not visible. */
    static Optional<String> of(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            sockets.addAll(listening(Path.of(table), port));
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> processes =
                Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holdsAny(process, sockets)) {
                    return Optional.of(
                            Files.readString(process.resolve("comm")).strip()
                                    + " (process "
                                    + process.getFileName()
                                    + ")");
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Set<String> listening(Path table, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        Set<String> found = new HashSet<>();
        try {
            for (String line : Files.readAllLines(table)) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > 9
                        && columns[1].endsWith(suffix)
                        && columns[3].equals(LISTEN)) {
                    found.add("socket:[" + columns[9] + "]");
                }
            }
        } catch (IOException e) {
            return Set.of();
        }
        return found;
    }

    private static boolean holdsAny(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : open) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            // another user's process, or one that just ended
        }
        return false;
    }
}
