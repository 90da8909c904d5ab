// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The gateway's id when the launcher gave none. */
public final class GatewayId {
    private GatewayId() {}

    /** The id as a part of topics: {@code [a-z0-9_-]+}. */
    public static String of(String property) {
        String id = clean(property == null ? "" : property);
        return id.isEmpty() ? fallback() : id;
    }

    /** Host name and 4 hex digits that stay the same on this machine. */
    private static String fallback() {
        String host = hostName();
        String name = clean(host);
        return (name.isEmpty() ? "gateway" : name) + "-" + digits(host);
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (IOException e) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (IOException e2) {
                return "gateway";
            }
        }
    }

    private static String digits(String host) {
        String seed = host;
        try {
            seed = "facegate " + Files.readString(Path.of("/etc/machine-id")).strip();
        } catch (IOException e) {
            // a machine without an id: the host's name has to do
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(seed.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String clean(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_-]+", "-")
                .replaceAll("^-+|-+$", "");
    }
}
