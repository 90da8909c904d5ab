// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.camera.CameraLogin;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.PixelAspect;
import io.facegate.api.camera.StreamOffer;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureReader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
class StreamProbeTest {
    @TempDir Path temp;

    private final FrameSources sources = new FrameSources("");

    @AfterEach
    void stop() {
        sources.stop();
    }

    private StreamOffer probe(Object location, CameraLogin login) throws FrameSourceException {
        return new StreamProbe(sources).probe(location.toString(), Optional.ofNullable(login));
    }

    @Test
    void aFileTellsItsLengthAndItsPixels() throws Exception {
        Path file = TestVideo.mp4(temp.resolve("clip.mp4"), 30);
        StreamOffer offer = probe(file, null);
        assertThat(offer.location()).isEqualTo(file.toString());
        assertThat(offer.codec()).isEqualTo("mpeg4");
        assertThat(offer.width()).isEqualTo(TestVideo.WIDTH);
        assertThat(offer.height()).isEqualTo(TestVideo.HEIGHT);
        assertThat(offer.live()).isFalse();
        assertThat(offer.framesPerSecond()).isEqualTo(TestVideo.RATE);
        assertThat(offer.durationMillis()).isEqualTo(30_000 / TestVideo.RATE);
        assertThat(offer.login()).isEmpty();
    }

    @Test
    void squeezedPixelsAreTold() throws Exception {
        Path file = TestVideo.resource(temp, "wide.mp4");
        StreamOffer offer = probe(file, null);
        assertThat(offer.pixelAspect()).isEqualTo(new PixelAspect(2, 1));
        assertThat(offer.width()).isEqualTo(64);
        assertThat(offer.height()).isEqualTo(96);
    }

    @Test
    void rtspTellsHowTheLogInWent() throws Exception {
        byte[] stream = Files.readAllBytes(TestVideo.transportStream(temp.resolve("s.ts"), 90));
        try (RtspServer server = new RtspServer(stream)) {
            StreamOffer offer = probe(server.url(""), new CameraLogin("me", "s3cret"));
            assertThat(offer.live()).isTrue();
            assertThat(offer.codec()).isEqualTo("mpeg2video");
            assertThat(offer.login()).isEqualTo("accepted; offered: Basic");
            assertThat(offer.toString()).doesNotContain("s3cret");
            assertThat(probe(server.url("me:s3cret@"), null).toString()).doesNotContain("s3cret");
            assertThatThrownBy(() -> probe(server.url(""), null))
                    .isInstanceOf(FrameSourceException.class)
                    .hasMessageContaining("wants a log-in");
            assertThatThrownBy(() -> probe(server.url(""), new CameraLogin("me", "s3cre")))
                    .hasMessageContaining("refuses the log-in")
                    .hasMessageNotContaining("s3cre");
        }
    }

    @Test
    void pictureStreamsAreCounted() throws Exception {
        try (TestCamera camera =
                new TestCamera(
                        (request, out) -> {
                            TestCamera.write(
                                    out,
                                    "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;"
                                            + "boundary=b\r\n\r\n");
                            for (int i = 0; i < 40; i++) {
                                TestCamera.write(out, "--b\r\n\r\n");
                                out.write(TestPictures.jpeg(70));
                            }
                        })) {
            StreamOffer offer = probe(camera.url("/video"), null);
            assertThat(offer.kind()).isEqualTo("stream of JPEG pictures");
            assertThat(offer.live()).isTrue();
            assertThat(offer.framesPerSecond()).isPositive();
            assertThat(offer.login()).isEqualTo("none needed");
        }
    }

    @Test
    void noErrorIsWaitedForForever() throws Exception {
        sources.pictures =
                new PictureReader() {
                    @Override
                    public Frame read(Path file, boolean upright) {
                        throw new OutOfMemoryError("Java heap space");
                    }

                    @Override
                    public Frame read(byte[] file, String name, boolean upright) {
                        throw new OutOfMemoryError("Java heap space");
                    }

                    @Override
                    public boolean isPicture(Path file) {
                        return true;
                    }
                };
        Path file = Files.write(temp.resolve("huge.jpg"), TestPictures.jpeg(70));
        assertThatThrownBy(() -> probe(file, null))
                .isInstanceOf(FrameSourceException.class)
                .hasMessageContaining("huge.jpg cannot be read")
                .hasMessageContaining("Java heap space");
    }

    @Test
    void whoGivesUpIsNotKept() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (TestCamera camera =
                new TestCamera(
                        (request, out) -> {
                            asked.countDown();
                            over.await();
                        })) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    probe(camera.url("/"), null);
                                    failure.complete(null);
                                } catch (FrameSourceException e) {
                                    failure.complete(e);
                                }
                            });
            thread.start();
            asked.await();
            thread.interrupt();
            assertThat(failure.get()).hasMessageContaining("was not waited for");
        } finally {
            over.countDown();
        }
    }
}
