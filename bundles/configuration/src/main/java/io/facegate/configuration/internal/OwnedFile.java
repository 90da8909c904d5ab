// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.internal;

import io.facegate.configuration.file.ConfigText;

import java.nio.file.Path;

/** A file and what is in force of it. */
final class OwnedFile {
    final Path path;

    /** As it was looked at last; null before. */
    String seen;

    /** What is in force; null while nothing is. */
    ConfigText good;

    /** The PID of its configuration; null while there is none. */
    String pid;

    /** What is wrong; empty when nothing is. */
    String problem = "";

    OwnedFile(Path path) {
        this.path = path;
    }

    String name() {
        return path.getFileName().toString();
    }

    /** The name by which the framework knows that a configuration comes from here. */
    String address() {
        return path.toUri().toString();
    }
}
