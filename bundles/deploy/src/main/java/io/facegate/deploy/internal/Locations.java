// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where bundles come from, by what the framework calls their location. */
final class Locations {
    private static final String REFERENCE = "reference:";
    private static final String FILE = "file:";

    private Locations() {}

    /** Whether the framework reads the file where it lies, and keeps no copy. */
    static boolean isReference(String location) {
        return location.startsWith(REFERENCE);
    }

    /** The location of a file that the framework is to keep a copy of; as File Install's. */
    static String of(Path file) {
        return file.toUri().normalize().toString();
    }

    /** The file of a location, when it is one that is there. */
    static Optional<Path> file(String location) {
        String rest = isReference(location) ? location.substring(REFERENCE.length()) : location;
        if (!rest.startsWith(FILE)) {
            return Optional.empty();
        }
        try {
            // the launcher writes names as they are, everybody else as a URI has them
            Path plain = Path.of(rest.substring(FILE.length()));
            Path file = Files.isRegularFile(plain) ? plain : Path.of(URI.create(rest));
            return Optional.of(file.normalize()).filter(Files::isRegularFile);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
