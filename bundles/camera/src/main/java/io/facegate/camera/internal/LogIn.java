// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ways to log in that a camera offers.
 *
 * @param ways in its order
 */
record LogIn(List<Way> ways) {
    private static final int ANSWER_MILLIS = 4000;
    private static final int MAX_LINES = 100;
    private static final String HEADER = "WWW-Authenticate:";
    private static final Pattern CHALLENGE =
            Pattern.compile("(?i)(?:^|,)\\s*(basic|digest|bearer|negotiate|ntlm)\\b");
    private static final Pattern ALGORITHM =
            Pattern.compile("(?i)\\balgorithm\\s*=\\s*\"?([^\\s\",]+)");
    private static final Set<String> DIGESTS_OF_WEB =
            Set.of("MD5", "MD5-SESS", "SHA-256", "SHA-256-SESS", "SHA-512-256", "SHA-512-256-SESS");

    /**
     * One way.
     *
     * @param scheme Basic, Digest and so on, as the camera writes it
     * @param algorithm of Digest, as the camera writes it; empty: not said, which is MD5
     */
    record Way(String scheme, String algorithm) {
        private boolean isDigest() {
            return scheme.equalsIgnoreCase("digest");
        }

        private boolean isBasic() {
            return scheme.equalsIgnoreCase("basic");
        }

        private String name() {
            return algorithm.isEmpty() ? scheme : scheme + " " + algorithm;
        }
    }

    /** Reads the values of WWW-Authenticate headers; one may hold several. */
    static LogIn of(List<String> headers) {
        List<Way> ways = new ArrayList<>();
        for (String header : headers) {
            var challenge = CHALLENGE.matcher(header);
            List<Integer> starts = new ArrayList<>();
            List<String> schemes = new ArrayList<>();
            while (challenge.find()) {
                starts.add(challenge.end());
                schemes.add(challenge.group(1));
            }
            for (int i = 0; i < starts.size(); i++) {
                int end = i + 1 < starts.size() ? starts.get(i + 1) : header.length();
                var algorithm = ALGORITHM.matcher(header).region(starts.get(i), end);
                ways.add(new Way(schemes.get(i), algorithm.find() ? algorithm.group(1) : ""));
            }
        }
        return new LogIn(List.copyOf(ways));
    }

    /** What a camera says it wants; none when it does not say. Blocks for some seconds at most. */
    static LogIn wantedBy(ServerAddress camera) {
        try {
            return of(
                    camera.scheme().startsWith("rtsp")
                            ? rtspHeaders(camera)
                            : webHeaders(camera.withoutLogIn()));
        } catch (IOException e) {
            return new LogIn(List.of());
        }
    }

    private static List<String> webHeaders(ServerAddress camera) throws IOException {
        var settings = new SourceSettings.Network(ANSWER_MILLIS, false, "", Map.of());
        try (CameraHttp http = new CameraHttp(camera, settings);
                CameraHttp.Answer answer = http.get(Map.of())) {
            return answer.headers("WWW-Authenticate");
        }
    }

    private static List<String> rtspHeaders(ServerAddress camera) throws IOException {
        String host = camera.host().contains(":") ? "[" + camera.host() + "]" : camera.host();
        String request =
                "DESCRIBE %s://%s:%d%s RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Facegate\r\n\r\n"
                        .formatted(camera.scheme(), host, camera.port(), camera.path());
        List<String> values = new ArrayList<>();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(camera.host(), camera.port()), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            try (Socket spoken =
                            camera.secure()
                                    ? CameraHttp.trustingAll()
                                            .getSocketFactory()
                                            .createSocket(
                                                    socket, camera.host(), camera.port(), true)
                                    : socket;
                    BufferedReader answer =
                            new BufferedReader(
                                    new InputStreamReader(
                                            spoken.getInputStream(), StandardCharsets.UTF_8))) {
                spoken.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                String line = answer.readLine();
                for (int i = 0; i < MAX_LINES && line != null && !line.isEmpty(); i++) {
                    if (line.regionMatches(true, 0, HEADER, 0, HEADER.length())) {
                        values.add(line.substring(HEADER.length()));
                    }
                    line = answer.readLine();
                }
            }
        }
        return values;
    }

    /** Whether one of them is known to the HTTP client. */
    boolean isKnownToWeb() {
        return ways.stream()
                .anyMatch(
                        way ->
                                way.isBasic()
                                        || way.isDigest()
                                                && (way.algorithm().isEmpty()
                                                        || DIGESTS_OF_WEB.contains(
                                                                way.algorithm()
                                                                        .toUpperCase(
                                                                                Locale.ROOT))));
    }

    /**
     * Whether FFmpeg logs in: it takes the last Digest that is offered, which must be MD5 in
     * capitals, and Basic only where no Digest is.
     */
    boolean isKnownToFfmpeg() {
        List<Way> digests = ways.stream().filter(Way::isDigest).toList();
        if (digests.isEmpty()) {
            return ways.stream().anyMatch(Way::isBasic);
        }
        String last = digests.get(digests.size() - 1).algorithm();
        return last.isEmpty() || last.equals("MD5");
    }

    /** For people. */
    String names() {
        return ways.isEmpty()
                ? "none named"
                : ways.stream().map(Way::name).collect(Collectors.joining(", "));
    }
}
