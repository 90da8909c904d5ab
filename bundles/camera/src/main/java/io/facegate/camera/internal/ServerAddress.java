// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The parts of a URL of http, https, rtsp or rtsps, taken as people write it: java.net.URI refuses
 * underscores in hosts and everything beyond ASCII.
 *
 * @param scheme in small letters
 * @param host name or address, an IPv6 address without brackets
 * @param port from the URL or the scheme's own
 * @param path with the query, escaped where needed
 * @param user login in the URL, without escapes; empty: none
 * @param password its password
 */
record ServerAddress(
        String scheme, String host, int port, String path, String user, String password) {
    private static final Pattern URL =
            Pattern.compile(
                    "(https?|rtsps?)://(?:([^/?#]*)@)?(\\[[^\\]]+\\]|[^/?#:\\[\\]]+)(?::(\\d{1,5}))?"
                            + "([/?][^#]*)?(?:#.*)?",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Map<String, Integer> PORTS =
            Map.of("http", 80, "https", 443, "rtsp", 554, "rtsps", 322);

    /**
     * Takes a URL apart.
     *
     * @throws IllegalArgumentException not of these schemes, or without a host
     */
    static ServerAddress of(String url) {
        var parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no URL of http or rtsp with a host");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String host = parts.group(3);
        String port = parts.group(4);
        String path = parts.group(5) == null ? "/" : parts.group(5);
        String login = parts.group(2) == null ? "" : parts.group(2);
        int colon = login.indexOf(':');
        return new ServerAddress(
                scheme,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port == null ? PORTS.get(scheme) : Integer.parseInt(port),
                escaped(path.startsWith("?") ? "/" + path : path),
                plain(colon < 0 ? login : login.substring(0, colon)),
                plain(colon < 0 ? "" : login.substring(colon + 1)));
    }

    /** What must not stand in a request line is escaped; escapes that are there stay. */
    private static String escaped(String path) {
        StringBuilder text = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7F) {
                text.append((char) b);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
            }
        }
        return text.toString();
    }

    private static String plain(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return part; // a % that is no escape
        }
    }

    boolean secure() {
        return scheme.equals("https") || scheme.equals("rtsps");
    }

    /** The same for who has no login. */
    ServerAddress withoutLogIn() {
        return new ServerAddress(scheme, host, port, path, "", "");
    }

    /** The same for somebody. */
    ServerAddress withLogIn(String name, String secret) {
        return new ServerAddress(scheme, host, port, path, name, secret);
    }

    /** Without user and password, and without the query, which may hold some. */
    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
