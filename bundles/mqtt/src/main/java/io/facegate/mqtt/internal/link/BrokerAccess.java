// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How to reach the broker.
 *
 * @param url {@code tcp://host:port}, {@code ssl://host:port} (also {@code mqtt}, {@code mqtts})
 * @param clientId never empty
 * @param user empty for none
 * @param password of the user
 * @param keepAliveSeconds between signs of life
 * @param caFile PEM file with the authorities trusted instead of the JDK's; empty for the JDK's
 */
public record BrokerAccess(
        String url,
        String clientId,
        String user,
        String password,
        int keepAliveSeconds,
        String caFile) {
    /** PID of the configuration that says so. */
    public static final String PID = "io.facegate.mqtt";

    private static final Set<String> SCHEMES = Set.of("tcp", "ssl");

    public BrokerAccess {
        url = normalised(url);
    }

    /** What is wrong and what to do; empty when it can be tried. */
    public Optional<String> problem() {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return wrong("brokerUrl is no URL");
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
            return wrong("brokerUrl begins with tcp:// or ssl://");
        }
        if (uri.getUserInfo() != null) {
            return wrong("name and password do not belong into brokerUrl but into user, .password");
        }
        if (uri.getHost() == null) {
            return wrong("brokerUrl names no host, as in tcp://192.168.1.5:1883");
        }
        if (!uri.getPath().isEmpty() || uri.getQuery() != null) {
            return wrong("brokerUrl ends with the port, as in tcp://192.168.1.5:1883");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            return wrong("brokerUrl has a port that does not exist");
        }
        if (user.isEmpty() && !password.isEmpty()) {
            return wrong(".password is set without user");
        }
        if (keepAliveSeconds < 1 || keepAliveSeconds > 65535) {
            return wrong("keepAliveSeconds is 1 to 65535");
        }
        if (!caFile.isEmpty() && !Files.isReadable(Path.of(caFile))) {
            return wrong("caFile " + caFile + " cannot be read");
        }
        return Optional.empty();
    }

    /** The URL without anything secret. */
    public String shown() {
        return url.replaceFirst("//[^/]*@", "//");
    }

    boolean tls() {
        return url.startsWith("ssl:");
    }

    /** The same for sockets that bring TLS themselves, with the port always said. */
    String plainUrl() {
        URI uri = URI.create(url);
        int port = uri.getPort() > 0 ? uri.getPort() : tls() ? 8883 : 1883;
        return "tcp://" + uri.getHost() + ":" + port;
    }

    private static Optional<String> wrong(String what) {
        return Optional.of(what + ": correct it in " + PID);
    }

    private static String normalised(String url) {
        String text = url.strip().replaceFirst("/+$", "");
        int colon = text.indexOf("://");
        if (colon < 0) {
            return text.isEmpty() ? text : "tcp://" + text;
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon);
        return switch (scheme) {
            case "mqtt" -> "tcp" + rest;
            case "mqtts", "tls" -> "ssl" + rest;
            default -> scheme + rest;
        };
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return shown() + " as " + clientId;
    }
}
