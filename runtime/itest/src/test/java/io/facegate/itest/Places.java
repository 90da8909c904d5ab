// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the tests find what they work on. */
final class Places {
    private Places() {}

    /** The unpacked distribution that the build made. */
    static Path distribution() {
        return Path.of(System.getProperty("facegate.distribution")).toAbsolutePath().normalize();
    }

    /** A file of the reference data beside the repository; skips the test when it is not there. */
    static Path shared(String file) {
        Path root =
                Optional.ofNullable(System.getenv("FACEGATE_SHARED"))
                        .map(Path::of)
                        .orElse(Path.of(System.getProperty("facegate.repository"), "../shared"));
        Path path = root.resolve(file).toAbsolutePath().normalize();
        Assumptions.assumeTrue(
                Files.exists(path),
                "skipped: the reference data (../shared/" + file + ") is not here");
        return path;
    }

    /** A program of the machine; skips the test when it is not installed. */
    static String program(String name) {
        for (String dir : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":")) {
            Path path = Path.of(dir, name);
            if (Files.isExecutable(path)) {
                return path.toString();
            }
        }
        Assumptions.abort("skipped: " + name + " is not installed");
        return name;
    }

    /** A TCP port of the loopback address that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
