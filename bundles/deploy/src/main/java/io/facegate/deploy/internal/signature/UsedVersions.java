// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import org.osgi.framework.Version;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Every bundle that was accepted with this data folder: a file with lines of symbolic name, version
 * and digest. It tells an older version that is gone back to from one that somebody brings.
 */
final class UsedVersions {
    private final Path file;

    UsedVersions(Path file) {
        this.file = file;
    }

    /** Whether this very content was accepted before. */
    synchronized boolean has(String name, Version version, String digest) throws IOException {
        return lines().contains(line(name, version, digest));
    }

    /** The highest version that was accepted. */
    synchronized Optional<Version> newest(String name) throws IOException {
        return lines().stream()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 3 && words[0].equals(name))
                .map(words -> Version.parseVersion(words[1]))
                .max(Version::compareTo);
    }

    synchronized void add(String name, Version version, String digest) throws IOException {
        Set<String> lines = lines();
        if (lines.add(line(name, version, digest))) {
            DurableFile.write(
                    file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private Set<String> lines() throws IOException {
        return Files.exists(file)
                ? new LinkedHashSet<>(Files.readAllLines(file))
                : new LinkedHashSet<>();
    }

    private static String line(String name, Version version, String digest) {
        return name + " " + version + " " + digest;
    }
}
