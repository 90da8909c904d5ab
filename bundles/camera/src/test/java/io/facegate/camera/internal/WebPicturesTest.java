// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static io.facegate.camera.internal.TestCamera.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.PixelAspect;
import io.facegate.api.frame.Frame;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

@Timeout(60)
class WebPicturesTest {
    private static final String MULTIPART =
            "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=%s\r\n\r\n";

    private final FrameSources sources = new FrameSources("");
    private TestCamera camera;
    @TempDir Path temp;

    @BeforeEach
    void bind() {
        sources.pictures = new TestPictures();
    }

    @AfterEach
    void stop() throws Exception {
        sources.stop();
        if (camera != null) {
            camera.close();
        }
    }

    private static SourceSettings settings(double rate, int silence) {
        return new SourceSettings(
                0,
                0,
                rate,
                0,
                1000,
                false,
                PixelAspect.AUTO,
                new SourceSettings.Network(silence, true, "", Map.of()),
                BoardSettings.DEFAULT);
    }

    private LiveSource open(String url, SourceSettings settings) throws FrameSourceException {
        return sources.open(SourceAddress.of(url), settings, "front", new Interrupt());
    }

    private static List<Integer> greys(FrameSource source, int count) throws FrameSourceException {
        List<Integer> greys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            greys.add(TestPictures.grey(source.next().orElseThrow()));
        }
        return greys;
    }

    /** As cameras send parts: with the boundary, before each and after it, and what is wrong. */
    @ParameterizedTest
    @CsvSource({
        "right,       x,      '--x\\r\\nContent-Type: image/jpeg\\r\\nContent-Length: %d\\r\\n\\r\\n', '\\r\\n'",
        "no first,    123456, 'Content-Type: image/jpeg\\r\\nContent-Length: %d\\r\\n\\r\\n', '\\r\\n--123456\\r\\n'",
        "too short,   x,      '--x\\r\\nContent-Type: image/jpeg\\r\\nContent-Length: 7\\r\\n\\r\\n', '\\r\\n'",
        "too long,    x,      '--x\\r\\nContent-Length: 99999999\\r\\n\\r\\n', '\\r\\n'",
        "no length,   x,      '--x\\r\\nContent-Type: image/jpeg\\r\\n\\r\\n', '\\r\\n'",
        "bare LF,     x,      '--x\\nContent-Type: image/jpeg\\n\\n', '\\n'",
        "no line end, x,      '--x\\r\\nContent-Type: image/jpeg\\r\\n\\r\\n', ''",
        "dashes,      --x,    '----x\\r\\nContent-Type: image/jpg\\r\\n\\r\\n', '\\r\\n'",
        "quoted,      '\"a b\"', '--a b\\r\\nContent-Type: image/jpeg\\r\\n\\r\\n', '\\r\\n'",
        "another,     x,      '--y\\r\\nContent-Type: image/jpeg\\r\\n\\r\\n', '\\r\\n'",
        "none,        '',     '', ''"
    })
    void multipartAsCheapCamerasSendIt(String name, String boundary, String before, String after)
            throws Exception {
        camera =
                new TestCamera(
                        (request, out) -> {
                            write(out, MULTIPART.formatted(boundary));
                            for (int i = 0; i < 4; i++) {
                                byte[] jpeg = TestPictures.jpeg(50 * i);
                                write(out, lines(before).formatted(jpeg.length));
                                out.write(jpeg);
                                write(out, lines(after));
                            }
                        });
        try (LiveSource source = open(camera.url("/stream"), settings(0, 5000))) {
            assertThat(source.live()).isTrue();
            assertThat(greys(source, 4)).containsExactly(0, 50, 100, 150);
            assertThatThrownBy(source::next)
                    .isInstanceOf(FrameSourceException.class)
                    .hasMessageContaining("ended its stream");
        }
        assertThat(camera.requests).hasSize(1);
    }

    private static String lines(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/octet-stream",
                "text/plain",
                "image/jpeg",
                "video/x-motion-jpeg",
                ""
            })
    void streamsByTheirBytesWhateverTheirType(String type) throws Exception {
        camera =
                new TestCamera(
                        (request, out) -> {
                            write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n");
                            write(
                                    out,
                                    type.isEmpty() ? "\r\n" : "Content-Type: " + type + "\r\n\r\n");
                            for (int i = 0; i < 3; i++) {
                                out.write(TestPictures.jpeg(60 * i));
                            }
                        });
        try (LiveSource source = open(camera.url("/"), settings(0, 5000))) {
            assertThat(greys(source, 3)).containsExactly(0, 60, 120);
        }
        assertThat(camera.requests).hasSize(1);
    }

    @Test
    void aFrameNowAndThenIsNoSilence() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        camera =
                new TestCamera(
                        (request, out) -> {
                            write(out, MULTIPART.formatted("x"));
                            out.write(TestPictures.jpeg(0));
                            out.flush();
                            more.await();
                            out.write(TestPictures.jpeg(100));
                            out.flush();
                            new CountDownLatch(1).await();
                        });
        try (LiveSource source = open(camera.url("/"), settings(0, 1500))) {
            assertThat(greys(source, 1)).containsExactly(0);
            more.countDown();
            assertThat(greys(source, 1)).containsExactly(100);
            assertThatThrownBy(source::next)
                    .hasMessageContaining("has sent nothing for 1 s: check that it is on");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: %d\r\n", "Connection: close\r\n"})
    void onePictureIsFetchedAgainAndAgain(String header) throws Exception {
        AtomicInteger count = new AtomicInteger();
        camera =
                new TestCamera(
                        (request, out) -> {
                            byte[] jpeg = TestPictures.jpeg(20 * count.getAndIncrement());
                            write(out, "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n");
                            write(out, header.formatted(jpeg.length) + "\r\n");
                            out.write(jpeg);
                        });
        try (LiveSource source = open(camera.url("/snap.jpg?x=1"), settings(20, 5000))) {
            assertThat(source.live()).isTrue();
            assertThat(source.framesPerSecond()).isEqualTo(20);
            assertThat(greys(source, 5)).containsExactly(0, 20, 40, 60, 80);
        }
        assertThat(camera.requests).hasSize(5);
        assertThat(open(camera.url("/snap.jpg"), settings(0, 5000)).framesPerSecond()).isEqualTo(1);
    }

    @Test
    void aServerThatCanTellIsAskedForNewerPicturesOnly() throws Exception {
        camera =
                new TestCamera(
                        (request, out) -> {
                            boolean known =
                                    TestCamera.header(request, "If-None-Match").equals("\"7\"");
                            byte[] jpeg = TestPictures.jpeg(40);
                            write(out, "HTTP/1.1 " + (known ? "304 Not Modified" : "200 OK"));
                            write(out, "\r\nETag: \"7\"\r\nLast-Modified: Sun, 29 Nov 2026 ");
                            write(out, "09:00:00 GMT\r\nConnection: close\r\n");
                            if (!known) {
                                write(out, "Content-Type: image/jpeg\r\n");
                                write(out, "Content-Length: " + jpeg.length + "\r\n");
                            }
                            write(out, "\r\n");
                            if (!known) {
                                out.write(jpeg);
                            }
                        });
        try (LiveSource source = open(camera.url("/"), settings(50, 5000))) {
            List<Frame> frames = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                frames.add(source.next().orElseThrow());
            }
            assertThat(frames).extracting(TestPictures::grey).containsOnly(40);
            assertThat(frames).extracting(Frame::sequence).containsExactly(0L, 1L, 2L, 3L);
        }
        assertThat(camera.requests.stream().map(r -> TestCamera.header(r, "If-None-Match")))
                .containsExactly("", "\"7\"", "\"7\"", "\"7\"");
        assertThat(TestCamera.header(camera.requests.get(1), "If-Modified-Since"))
                .isEqualTo("Sun, 29 Nov 2026 09:00:00 GMT");
    }

    @Test
    void picturesThatFailAreLeftOutUntilTheCameraIsSilent() throws Exception {
        AtomicInteger count = new AtomicInteger();
        camera =
                new TestCamera(
                        (request, out) -> {
                            int i = count.getAndIncrement();
                            byte[] jpeg = TestPictures.jpeg(30);
                            if (i == 1 || i > 3) {
                                write(out, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
                                return;
                            }
                            write(out, "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n");
                            out.write(jpeg, 0, i == 2 ? jpeg.length / 8 : jpeg.length);
                        });
        try (LiveSource source = open(camera.url("/"), settings(50, 1000))) {
            assertThat(greys(source, 2)).containsExactly(30, 30);
            assertThat(count.get()).isEqualTo(4);
            assertThatThrownBy(source::next)
                    .isInstanceOf(FrameSourceException.class)
                    .hasMessageContaining("answers with error 503");
        }
    }

    @Test
    void aPictureThatStaysDamagedIsTold() throws Exception {
        byte[] jpeg = TestPictures.jpeg(10);
        Path file = Files.write(temp.resolve("cam.jpg"), Arrays.copyOf(jpeg, jpeg.length / 8));
        try (LiveSource source = open(file.toString(), settings(50, 1000))) {
            assertThatThrownBy(source::next)
                    .isInstanceOf(FrameSourceException.class)
                    .hasMessageContaining(file + " is");
        }
        try (FrameSource once = sources.open(file.toString(), "command")) {
            assertThatThrownBy(once::next).hasMessageContaining(file + " is");
        }
        Files.write(file, jpeg);
        try (LiveSource source = open(file.toString(), settings(50, 1000))) {
            assertThat(greys(source, 1)).containsExactly(10);
            Files.write(file, Arrays.copyOf(jpeg, jpeg.length / 8));
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    source.next();
                                }
                            })
                    .isInstanceOf(FrameSourceException.class)
                    .hasMessageContaining(file + " is");
        }
    }

    @Test
    void aPictureFileIsACameraOfWhatIsWrittenIntoIt() throws Exception {
        Path file = Files.write(temp.resolve("cam.jpg"), TestPictures.jpeg(10));
        try (LiveSource source = open(file.toString(), settings(50, 1000))) {
            assertThat(greys(source, 3)).containsExactly(10, 10, 10);
            Path next = Files.write(temp.resolve("next.jpg"), TestPictures.jpeg(90));
            Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(greys(source, 2)).containsExactly(90, 90);
            Files.delete(file);
            assertThatThrownBy(source::next)
                    .isInstanceOf(FrameSourceException.class)
                    .hasMessageContaining("is not there any more");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'401 No', 'WWW-Authenticate: Basic realm=x', 'wants a log-in: set user and password.'",
        "'403 No', 'X: y', 'refuses: this user may not see it'",
        "'404 No', 'X: y', 'answers, but has no such picture or stream: check the path'",
        "'500 No', 'X: y', 'answers with error 500: restart the camera if that lasts.'",
        "'200 OK', 'Content-Type: text/html', 'answers with a page, not with a video'"
    })
    void answersThatAreNoneAreToldInWords(String status, String header, String words)
            throws Exception {
        camera =
                new TestCamera(
                        (request, out) ->
                                write(
                                        out,
                                        "HTTP/1.1 %s\r\n%s\r\nContent-Length: 4\r\n\r\n<a/>"
                                                .formatted(status, header)));
        assertThatThrownBy(() -> open(camera.url("/x"), settings(0, 5000)))
                .isInstanceOf(FrameSourceException.class)
                .hasMessageContaining(words);
    }

    @Test
    void whatIsNotThereIsToldInWords() throws Exception {
        camera = new TestCamera((request, out) -> {});
        int port = camera.port();
        camera.close();
        String url = "http://me:s3cret@127.0.0.1:" + port + "/";
        assertThatThrownBy(() -> open(url, settings(0, 5000)))
                .hasMessageContaining("127.0.0.1:" + port + "/ cannot be reached (")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> open("http://no_such-camera.invalid/", settings(0, 5000)))
                .hasMessageContaining("nobody knows that name");
    }

    @Test
    void aCertificateOfTheCamerasOwnIsTakenWhenAllowed() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 5);
        server.setHttpsConfigurator(new HttpsConfigurator(ownCertificate()));
        server.createContext(
                "/",
                exchange -> {
                    byte[] jpeg = TestPictures.jpeg(80);
                    exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
                    exchange.sendResponseHeaders(200, jpeg.length);
                    exchange.getResponseBody().write(jpeg);
                    exchange.close();
                });
        server.start();
        try {
            String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
            assertThatThrownBy(() -> open(url, settings(0, 5000)))
                    .hasMessageContaining("does not prove who it is")
                    .hasMessageContaining("set verifyCertificate to false");
            try (LiveSource source = open(url, SourceSettings.PLAIN)) {
                assertThat(greys(source, 1)).containsExactly(80);
            }
        } finally {
            server.stop(0);
        }
    }

    /** Signed by itself, for another name. */
    private SSLContext ownCertificate() throws Exception {
        Path store = temp.resolve("camera.p12");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(
                List.of(
                        "-genkeypair -keyalg EC -dname CN=camera -storetype PKCS12 -storepass secret"
                                .split(" ")));
        command.addAll(List.of("-keystore", store.toString()));
        assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor())
                .isZero();
        char[] password = "secret".toCharArray();
        KeyStore keys = KeyStore.getInstance(store.toFile(), password);
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void closingEndsACallThatBlocks() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        camera =
                new TestCamera(
                        (request, out) -> {
                            asked.countDown();
                            new CountDownLatch(1).await();
                        });
        Interrupt interrupt = new Interrupt();
        var opening =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return sources.open(
                                        SourceAddress.of(camera.url("/")),
                                        settings(0, 50_000),
                                        "front",
                                        interrupt);
                            } catch (FrameSourceException e) {
                                return e;
                            }
                        });
        asked.await();
        interrupt.cancel();
        assertThat(opening.get(20, TimeUnit.SECONDS).toString()).contains("was closed");
    }

    @Test
    void videoOfAWebServerIsForFfmpeg() throws Exception {
        byte[] video = Files.readAllBytes(TestVideo.mp4(temp.resolve("a.mp4"), 10));
        camera =
                new TestCamera(
                        (request, out) -> {
                            write(out, "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n");
                            write(out, "Content-Length: " + video.length + "\r\n\r\n");
                            send(out, video);
                        });
        try (LiveSource source = open(camera.url("/a.mp4"), settings(0, 5000))) {
            assertThat(source.live()).isFalse();
            assertThat(source.startsOver()).isTrue();
            assertThat(source.next().orElseThrow().width()).isEqualTo(TestVideo.WIDTH);
        }
    }

    private static void send(OutputStream out, byte[] bytes) throws java.io.IOException {
        out.write(bytes);
    }
}
