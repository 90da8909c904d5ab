// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tests use of the machine they run on. */
public final class Machine {
    private Machine() {}

    /** A program of the machine; skips the test when it is not installed. */
    public static String program(String name) {
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
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
