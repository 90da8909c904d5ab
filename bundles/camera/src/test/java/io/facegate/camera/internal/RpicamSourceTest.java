// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
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
        CompletableFuture<Throwable> failure = blockedNext(source);
        long start = System.nanoTime();
        source.close();
        assertThat(failure.get(3, TimeUnit.SECONDS)).hasMessageContaining("closed");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(3000);
        assertNoChild();
        sources.stop();
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

    private static CompletableFuture<Throwable> blockedNext(FrameSource source) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                source.next();
                                failure.complete(null);
                            } catch (FrameSourceException e) {
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
