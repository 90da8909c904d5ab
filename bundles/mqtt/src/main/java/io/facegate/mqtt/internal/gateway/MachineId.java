// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells machines apart, also those that run copies of one card: by the board's serial number and
 * the addresses of its network devices, besides the system's own id, which is copied along.
 */
public final class MachineId {
    private static final int DIGIT_BYTES = 3;

    private MachineId() {}

    /** Six hex digits that stay the same on this machine; nothing can be concluded from them. */
    public static String digits() {
        return digits(Path.of("/"));
    }

    static String digits(Path root) {
        StringBuilder seed = new StringBuilder("facegate ");
        seed.append(text(root.resolve("etc/machine-id"))).append(' ');
        String serial = text(root.resolve("proc/device-tree/serial-number"));
        seed.append(serial.isEmpty() ? addresses(root.resolve("sys/class/net")) : serial);
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(seed.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGIT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of devices that are there, not of bridges and tunnels, which come and go. */
    private static Set<String> addresses(Path devices) {
        Set<String> addresses = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(devices)) {
            for (Path device : all) {
                if (Files.exists(device.resolve("device"))) {
                    addresses.add(text(device.resolve("address")));
                }
            }
        } catch (IOException e) {
            return Set.of();
        }
        return addresses;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).replace("\0", "").strip();
        } catch (IOException e) {
            return "";
        }
    }
}
