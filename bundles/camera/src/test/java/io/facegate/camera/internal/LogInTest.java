// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static io.facegate.camera.internal.TestCamera.header;
import static io.facegate.camera.internal.TestCamera.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.camera.FrameSourceException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

@Timeout(60)
class LogInTest {
    static final String PASSWORD = "s3:c#r/t?@%é";
    private static final Pattern FIELD = Pattern.compile("(\\w+)=\"?([^\",]*)\"?");

    private final FrameSources sources = new FrameSources("");
    private TestCamera camera;

    @AfterEach
    void stop() throws Exception {
        sources.stop();
        camera.close();
    }

    private LiveSource open(String location, String user, String password)
            throws FrameSourceException {
        sources.pictures = new TestPictures();
        return sources.open(
                SourceAddress.of(location).withCredentials(user, password),
                SourceSettings.PLAIN,
                "front",
                new Interrupt());
    }

    /** Answers with a picture to who knows the password, and with these headers to all others. */
    private void camera(String... challenges) throws Exception {
        camera =
                new TestCamera(
                        (request, out) -> {
                            byte[] jpeg = TestPictures.jpeg(70);
                            boolean known = isKnown(request);
                            write(out, "HTTP/1.1 " + (known ? "200 OK" : "401 No") + "\r\n");
                            for (String challenge : known ? new String[0] : challenges) {
                                write(out, "WWW-Authenticate: " + challenge + "\r\n");
                            }
                            write(out, "Content-Type: image/jpeg\r\n");
                            write(out, "Content-Length: " + (known ? jpeg.length : 0) + "\r\n\r\n");
                            out.write(jpeg, 0, known ? jpeg.length : 0);
                        });
    }

    /** RFC 7617 and RFC 7616, told by the request alone. */
    static boolean isKnown(List<String> request) {
        String given = header(request, "Authorization");
        if (given.startsWith("Basic ")) {
            byte[] text = Base64.getDecoder().decode(given.substring(6));
            return new String(text, StandardCharsets.UTF_8).equals("me:" + PASSWORD);
        }
        if (!given.startsWith("Digest ")) {
            return false;
        }
        String algorithm = field(given, "algorithm").isEmpty() ? "MD5" : field(given, "algorithm");
        String first = hash(algorithm, "me:" + field(given, "realm") + ":" + PASSWORD);
        if (algorithm.toLowerCase().endsWith("-sess")) {
            first =
                    hash(
                            algorithm,
                            first + ":" + field(given, "nonce") + ":" + field(given, "cnonce"));
        }
        String method = request.get(0).split(" ")[0];
        String second = hash(algorithm, method + ":" + field(given, "uri"));
        String middle =
                field(given, "qop").isEmpty()
                        ? field(given, "nonce")
                        : String.join(
                                ":",
                                field(given, "nonce"),
                                field(given, "nc"),
                                field(given, "cnonce"),
                                field(given, "qop"));
        return hash(algorithm, first + ":" + middle + ":" + second)
                .equals(field(given, "response"));
    }

    private static String field(String header, String name) {
        Matcher field = FIELD.matcher(header);
        while (field.find()) {
            if (field.group(1).equals(name)) {
                return field.group(2);
            }
        }
        return "";
    }

    private static String hash(String algorithm, String text) {
        String name =
                algorithm.toUpperCase().replace("-SESS", "").replace("SHA-512-256", "SHA-512/256");
        try {
            MessageDigest digest = MessageDigest.getInstance(name);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Basic realm=\"a\" |",
                "Digest realm=\"a\", nonce=\"1\" |",
                "Digest realm=\"a\", nonce=\"1\", qop=\"auth\", algorithm=MD5 |",
                "Digest realm=\"a\", nonce=\"1\", qop=\"auth\", algorithm=md5 |",
                "Digest realm=\"a\", nonce=\"1\", qop=\"auth\", algorithm=SHA-256 |",
                "Digest realm=\"a\", nonce=\"1\", qop=\"auth\", algorithm=\"SHA-256\" |",
                "Digest realm=\"a\", nonce=\"1\", qop=\"auth\", algorithm=SHA-256-sess |",
                "Digest realm=\"a\", nonce=\"1\", qop=\"auth\", algorithm=SHA-512-256 |",
                "Digest realm=\"a\", nonce=\"1\", qop=\"auth\", algorithm=SHA-256 | Digest realm=\"a\", nonce=\"2\", qop=\"auth\", algorithm=MD5",
                "Digest realm=\"a\", nonce=\"1\", qop=\"auth\", algorithm=MD5 | Digest realm=\"a\", nonce=\"2\", qop=\"auth\", algorithm=SHA-256",
                "Digest realm=\"a\", nonce=\"1\", qop=\"auth\", algorithm=SHA-256 | Basic realm=\"a\"",
                "Negotiate | Basic realm=\"a\""
            })
    void logsInToPicturesAsTheCameraWants(String first, String second) throws Exception {
        camera(second == null ? new String[] {first} : new String[] {first, second});
        try (LiveSource source = open(camera.url("/snap.jpg"), "me", PASSWORD)) {
            assertThat(TestPictures.grey(source.next().orElseThrow())).isEqualTo(70);
        }
        assertThat(camera.requests).hasSize(2);
        try (LiveSource source =
                open(
                        "http://me:s3:c%23r%2Ft%3F%40%25%C3%A9@127.0.0.1:" + camera.port() + "/",
                        "",
                        "")) {
            assertThat(source.next()).isPresent();
        }
    }

    @Test
    void aWrongPasswordIsSaidToBeOne() throws Exception {
        camera("Digest realm=\"a\", nonce=\"1\", qop=\"auth\", algorithm=SHA-256");
        assertThatThrownBy(() -> open(camera.url("/"), "me", "wrong"))
                .hasMessageContaining("refuses the log-in: check user and password.")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aLogInNobodyHereKnowsIsNamed() throws Exception {
        camera("Digest realm=\"a\", nonce=\"1\", qop=\"auth\", algorithm=SHA3-256", "NTLM");
        assertThatThrownBy(() -> open(camera.url("/"), "me", PASSWORD))
                .hasMessageContaining("Digest SHA3-256, NTLM")
                .hasMessageContaining("set the camera's web log-in to Digest or Basic");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Digest realm=\"a\", nonce=\"1\", algorithm=SHA-256 | | Digest SHA-256",
                "Digest realm=\"a\", nonce=\"1\", algorithm=\"md5\" | | Digest md5",
                "Digest realm=\"a\", nonce=\"1\" | Digest realm=\"a\", algorithm=SHA-256, nonce=\"2\" | Digest, Digest SHA-256",
                "Digest realm=\"a\", nonce=\"1\", algorithm=SHA-256, Basic realm=\"a\" | | Digest SHA-256, Basic"
            })
    void rtspSaysWhichLogInTheCameraWants(String first, String second, String names)
            throws Exception {
        camera =
                new TestCamera(
                        false,
                        (request, out) -> {
                            String sequence = header(request, "CSeq");
                            if (request.get(0).startsWith("OPTIONS")) {
                                write(out, "RTSP/1.0 200 OK\r\nCSeq: " + sequence + "\r\n");
                                write(out, "Public: DESCRIBE, SETUP, PLAY\r\n\r\n");
                                return;
                            }
                            write(out, "RTSP/1.0 401 Unauthorized\r\nCSeq: " + sequence + "\r\n");
                            write(out, "WWW-Authenticate: " + first + "\r\n");
                            if (second != null) {
                                write(out, "WWW-Authenticate: " + second + "\r\n");
                            }
                            write(out, "\r\n");
                        });
        String url = "rtsp://127.0.0.1:" + camera.port() + "/live";
        assertThatThrownBy(() -> open(url, "me", PASSWORD))
                .hasMessageContaining("wants a log-in that FFmpeg does not know (" + names + ")")
                .hasMessageContaining("Digest with MD5")
                .hasMessageNotContaining("s3:c");
        assertThatThrownBy(() -> open(url, "", ""))
                .hasMessageContaining("wants a log-in: set user and password.");
    }
}
