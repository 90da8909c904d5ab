// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import java.nio.file.Path;

/** The gateway as the build made it, for the modules whose build says where it is. */
public final class Distribution {
    private Distribution() {}

    /** The unpacked distribution. */
    public static Path folder() {
        return property("facegate.distribution");
    }

    /** The program of the distribution. */
    public static String program() {
        return folder().resolve("bin/facegate").toString();
    }

    /** The project it was built from. */
    public static Path repository() {
        return property("facegate.repository");
    }

    private static Path property(String name) {
        return Path.of(System.getProperty(name)).toAbsolutePath().normalize();
    }
}
