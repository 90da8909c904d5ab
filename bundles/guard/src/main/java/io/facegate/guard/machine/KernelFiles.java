// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files in which the kernel tells of itself.
 *
 * @param root the folder that has {@code proc} and {@code sys}; another than / is for tests
 */
public record KernelFiles(Path root) {
    public static final KernelFiles OF_THIS_MACHINE = new KernelFiles(Path.of("/"));

    /** A place, such as {@code sys/class/thermal}. */
    public Path at(String place) {
        return root.resolve(place);
    }

    /** The content without white space around it; empty when it cannot be read. */
    public Optional<String> text(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            return Optional.of(new String(content, StandardCharsets.UTF_8).strip());
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // a sensor that is off, or a kernel without this file
        }
    }

    public Optional<String> text(String place) {
        return text(at(place));
    }

    /** The whole number a file holds. */
    public OptionalLong number(Path file) {
        Optional<String> text = text(file);
        try {
            return text.isPresent()
                    ? OptionalLong.of(Long.parseLong(text.get()))
                    : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** What is in a folder and fits a pattern of names, in the order of names. */
    public List<Path> list(String folder, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(at(folder), glob)) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of(); // this machine has none
        }
        Collections.sort(found);
        return found;
    }
}
