// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Notices when what is trusted changed: each file is replaced by another one. */
final class KeyFolder {
    private final Path path;
    private Set<String> before = Set.of();

    KeyFolder(Path path) {
        this.path = path;
        before = state();
    }

    Path path() {
        return path;
    }

    /** Since the question before. */
    boolean hasChanged() {
        Set<String> now = state();
        boolean changed = !now.equals(before);
        before = now;
        return changed;
    }

    private Set<String> state() {
        Set<String> state = new TreeSet<>();
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    state.addAll(
                            List.of(file + " " + attributes.fileKey() + " " + attributes.size()));
                }
            } catch (IOException e) {
                return state; // written this very moment; looked at again in a second
            }
        }
        return state;
    }
}
