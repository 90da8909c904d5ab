// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.socket;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where one broker is.
 *
 * @param scheme {@code tcp}, {@code ssl}, {@code ws}, {@code wss}
 * @param host name or address; of IPv6 without brackets, perhaps with a zone
 * @param port always said
 * @param path of a WebSocket, with what it is asked for; empty for others
 */
public record BrokerUrl(String scheme, String host, int port, String path) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:([A-Za-z]+)://)?(\\[[^\\]/]+\\]|[^/:?@\\[\\]]*)(?::(.*?))?([/?].*)?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Map<String, String> SCHEMES =
            Map.of(
                    "tcp", "tcp", "mqtt", "tcp", "ssl", "ssl", "tls", "ssl", "mqtts", "ssl", "ws",
                    "ws", "wss", "wss");
    private static final Map<String, Integer> PORTS =
            Map.of("tcp", 1883, "ssl", 8883, "ws", 80, "wss", 443);
    private static final String EXAMPLE = ", as in tcp://192.168.1.5:1883";

    /**
     * Reads one or several, with commas or blanks between them.
     *
     * @return in the order they are tried; empty for an empty text
     * @throws IllegalArgumentException the message says what is wrong
     */
    public static List<BrokerUrl> list(String text) {
        return Arrays.stream(text.split("[\\s,]+"))
                .filter(one -> !one.isEmpty())
                .map(BrokerUrl::parse)
                .toList();
    }

    /**
     * Reads what a user wrote. Java's own URIs refuse host names with underscores, which are usual
     * in container networks.
     *
     * @throws IllegalArgumentException the message says what is wrong
     */
    public static BrokerUrl parse(String text) {
        if (text.contains("@")) {
            throw new IllegalArgumentException(
                    "name and password do not belong into brokerUrl but into user, .password");
        }
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("brokerUrl is no URL" + EXAMPLE);
        }
        String given = parts.group(1) == null ? "tcp" : parts.group(1).toLowerCase(Locale.ROOT);
        String scheme = SCHEMES.get(given);
        if (scheme == null) {
            throw new IllegalArgumentException(
                    "brokerUrl begins with tcp://, ssl://, ws:// or wss://, not " + given + "://");
        }
        String host = parts.group(2).replaceAll("[\\[\\]]", "");
        if (host.isBlank() || host.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("brokerUrl names no host" + EXAMPLE);
        }
        String path = parts.group(4) == null ? "" : parts.group(4);
        boolean web = scheme.startsWith("ws");
        if (!web && !path.isEmpty() && !path.matches("/+")) {
            throw new IllegalArgumentException("brokerUrl ends with the port" + EXAMPLE);
        }
        return new BrokerUrl(scheme, host, port(parts.group(3), scheme), web ? path : "");
    }

    private static int port(String text, String scheme) {
        if (text == null) {
            return PORTS.get(scheme);
        }
        if (!NUMBER.matcher(text).matches()
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException("brokerUrl has a port that does not exist");
        }
        return Integer.parseInt(text);
    }

    /** Whether TLS is spoken. */
    public boolean tls() {
        return scheme.equals("ssl") || scheme.equals("wss");
    }

    /** Whether MQTT is carried by a WebSocket. */
    public boolean webSocket() {
        return scheme.startsWith("ws");
    }

    /** Host and port as HTTP says them (RFC 9110, section 7.2). */
    String authority() {
        return (host.contains(":") ? "[" + host.replaceFirst("%.*", "") + "]" : host) + ":" + port;
    }

    /** Nothing in it is secret but perhaps what a WebSocket is asked for, which is left out. */
    @Override
    public String toString() {
        return scheme
                + "://"
                + (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + port
                + path.replaceFirst("\\?.*", "");
    }
}
