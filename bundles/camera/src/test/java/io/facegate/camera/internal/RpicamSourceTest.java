// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;
import io.facegate.testing.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** With a program in the place of rpicam-vid that writes a real MJPEG stream. */
@Timeout(60)
class RpicamSourceTest {
    @TempDir Path temp;

    private FrameSources sources(String name, String script) throws Exception {
        Path program = temp.resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return new FrameSources("/no/such/folder:" + temp);
    }

    @Test
    void framesComeFromThePipe() throws Exception {
        Path stream = TestVideo.mjpeg(temp.resolve("s.mjpeg"), 40);
        FrameSources sources =
                sources(
                        "rpicam-vid",
                        "echo \"$@\" > "
                                + temp
                                + "/args\necho started >&2\ncat "
                                + stream
                                + "\nexec sleep 600\n");
        SourceSettings settings = new SourceSettings(800, 600, 12, 90, 1000, false);
        FrameSource source =
                sources.open(SourceAddress.of("rpicam"), settings, "x", new Interrupt());
        for (int i = 0; i < 40; i++) {
            Frame frame = source.next().orElseThrow();
            assertThat(frame.sequence()).isEqualTo(i);
            assertThat(frame.width()).isEqualTo(TestVideo.HEIGHT);
            assertThat(frame.height()).isEqualTo(TestVideo.WIDTH);
            assertThat(frame.pixels()[3 * 48] & 0xFF).isGreaterThan(230);
        }
        assertThat(Files.readString(temp.resolve("args")).strip())
                .isEqualTo(
                        "--timeout 0 --nopreview --codec mjpeg --quality 90 --width 800"
                                + " --height 600 --framerate 12.000 --flush --output -");
        CompletableFuture<Throwable> failure = failureOf(source::next);
        long start = System.nanoTime();
        source.close();
        assertThat(failure.get(3, TimeUnit.SECONDS)).hasMessageContaining("closed");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(3000);
        assertNoChild();
        sources.stop();
    }

    /** The options it was started with, by what writes them and three pictures. */
    private String options(String location, BoardSettings board) throws Exception {
        Path stream = TestVideo.mjpeg(temp.resolve("s.mjpeg"), 3);
        Files.writeString(
                temp.resolve("rpicam-hello"),
                """
                #!/bin/sh
                echo 'Available cameras'
                echo '0 : imx219 [3280x2464 10-bit RGGB] (/base/i2c@1/imx219@10)'
                echo '1 : imx708 [4608x2592 10-bit RGGB] (/base/i2c@2/imx708@1a)'
                echo '2 : imx219 [3280x2464 10-bit RGGB] (/base/i2c@3/imx219@10)'
                """);
        assertThat(temp.resolve("rpicam-hello").toFile().setExecutable(true)).isTrue();
        FrameSources sources =
                sources(
                        "rpicam-vid",
                        "printf '%s|' \"$@\" > " + temp + "/args\nexec cat " + stream + "\n");
        SourceSettings plain = SourceSettings.PLAIN;
        SourceSettings settings =
                new SourceSettings(
                        0, 0, 0, 0, 1000, false, plain.pixelAspect(), plain.network(), board);
        try (FrameSource source =
                sources.open(SourceAddress.of(location), settings, "x", new Interrupt())) {
            assertThat(source.next()).isPresent();
        }
        return Files.readString(temp.resolve("args"));
    }

    @ParameterizedTest
    @CsvSource({
        "rpicam:1, 1",
        "libcamera:0, 0",
        "rpicam:imx708, 1",
        "rpicam:/base/i2c@3/imx219@10, 2"
    })
    void theCameraIsChosenByNumberNameOrPlace(String location, String number) throws Exception {
        assertThat(options(location, BoardSettings.DEFAULT))
                .startsWith("--camera|" + number + "|--timeout|0|");
    }

    @Test
    void aNameThatIsNotOnesAloneSaysWhichThereAre() {
        assertThatThrownBy(() -> options("rpicam:imx477", BoardSettings.DEFAULT))
                .hasMessage(
                        "There is no board camera called imx477, but rpicam:0 imx219, rpicam:1"
                                + " imx708, rpicam:2 imx219.");
        assertThatThrownBy(() -> options("rpicam:imx219", BoardSettings.DEFAULT))
                .hasMessage(
                        "There are 2 board cameras called imx219: set location to one of"
                                + " rpicam:/base/i2c@1/imx219@10, rpicam:/base/i2c@3/imx219@10.");
    }

    @Test
    void searchForANameEndsWhenItIsClosed() throws Exception {
        Path asked = temp.resolve("asked");
        sources("rpicam-hello", "echo > " + asked + "\nexec sleep 600\n");
        FrameSources sources = sources("rpicam-vid", "exit 1\n");
        Interrupt interrupt = new Interrupt();
        SourceAddress address = SourceAddress.of("rpicam:imx708");
        CompletableFuture<Throwable> failure =
                failureOf(() -> sources.open(address, SourceSettings.PLAIN, "x", interrupt));
        Await.until("rpicam-hello runs", Duration.ofSeconds(30), () -> Files.exists(asked));
        interrupt.cancel();
        assertThat(failure.get()).hasMessage("rpicam was closed.");
        assertNoChild();
    }

    @Test
    void settingsReachTheProgram() throws Exception {
        Path tuning = Files.writeString(temp.resolve("my lens.json"), "{}");
        BoardSettings board =
                new BoardSettings("manual", "2.5", true, true, tuning.toString(), "2304:1296:10:P");
        assertThat(options("rpicam", board))
                .isEqualTo(
                        "--timeout|0|--nopreview|--codec|mjpeg|--quality|90|--width|640|--height|480|"
                                + "--framerate|15.000|--autofocus-mode|manual|--lens-position|2.5|"
                                + "--hflip|--vflip|--tuning-file|"
                                + tuning
                                + "|--mode|2304:1296:10:P|--flush|--output|-|");
        Files.delete(tuning);
        assertThatThrownBy(() -> options("rpicam", board))
                .hasMessageContaining("The tuning file " + tuning + " is not there");
    }

    @Test
    void olderNameIsFoundToo() throws Exception {
        Path stream = TestVideo.mjpeg(temp.resolve("s.mjpeg"), 3);
        FrameSources sources = sources("libcamera-vid", "exec cat " + stream + "\n");
        try (FrameSource source = sources.open("rpicam", "x")) {
            assertThat(source.next()).isPresent();
        }
    }

    @Test
    void damagedPicturesAreLeftOut() throws Exception {
        Path stream = TestVideo.mjpeg(temp.resolve("s.mjpeg"), 3);
        FrameSources sources =
                sources(
                        "rpicam-vid",
                        "printf 'rubbish\\377\\330\\377\\331more'; cat " + stream + "\n");
        try (FrameSource source = sources.open("rpicam", "x")) {
            for (int i = 0; i < 3; i++) {
                assertThat(source.next().orElseThrow().sequence()).isEqualTo(i);
            }
        }
    }

    @Test
    void programThatEndsSaysWhy() throws Exception {
        FrameSources sources =
                sources("rpicam-vid", "echo 'ERROR: *** no cameras available ***' >&2\nexit 255\n");
        try (FrameSource source = sources.open("rpicam", "x")) {
            assertThatThrownBy(source::next)
                    .isInstanceOf(FrameSourceException.class)
                    .hasMessageContaining("no cameras available")
                    .hasMessageContaining("rpicam-hello");
        }
    }

    @Test
    void silentProgramIsEnded() throws Exception {
        FrameSources sources = sources("rpicam-vid", "exec sleep 600\n");
        try (FrameSource source = sources.open("rpicam", "x")) {
            assertThatThrownBy(source::next).hasMessageContaining("has sent nothing for 8 s");
        }
        assertNoChild();
    }

    @Test
    void missingProgramNamesThePackage() {
        FrameSources none = new FrameSources(temp.toString());
        assertThatThrownBy(() -> none.open("rpicam", "x"))
                .isInstanceOf(FrameSourceException.class)
                .hasMessageContaining("rpicam-apps");
    }

    private static CompletableFuture<Throwable> failureOf(Callable<?> blocking) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                blocking.call();
                                failure.complete(null);
                            } catch (Exception e) {
                                failure.complete(e);
                            }
                        })
                .start();
        return failure;
    }

    private static void assertNoChild() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (ProcessHandle.current().descendants().anyMatch(ProcessHandle::isAlive)
                && System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
    }
}
