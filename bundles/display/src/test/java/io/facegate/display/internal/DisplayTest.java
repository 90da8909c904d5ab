// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.CameraState;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.status.Condition.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import javax.imageio.ImageIO;

class DisplayTest {
    @TempDir Path folder;

    @Test
    void headlessWithoutFileDoesNothing() throws Exception {
        Display display = new Display(Settings.with(Map.of("output", "headless")));
        Settings.await(() -> display.conditions().get(0).level() == Level.OK);
        assertThat(display.conditions().get(0).message()).isEqualTo("headless: nothing is shown");
        display.onResult(Fakes.result(Fakes.frame("front", 4, 4, 0)));
        Settings.await(DisplayTest::noThread);
        display.close();
    }

    @Test
    void unknownOutputIsNamed() throws Exception {
        Display display = new Display(Settings.with(Map.of("output", "screen")));
        Settings.await(() -> display.conditions().get(0).message().contains("\"screen\""));
        assertThat(display.conditions().get(0).message())
                .isEqualTo(
                        "unknown output \"screen\": set framebuffer, window or headless in"
                                + " io.facegate.display");
        display.close();
    }

    @Test
    void windowWithoutDesktopSaysWhatIsNeeded() throws Exception {
        Display display = new Display(Settings.with(Map.of("output", "window")));
        Settings.await(() -> display.conditions().get(0).message().startsWith("no window"));
        assertThat(display.conditions().get(0).level()).isEqualTo(Level.DEGRADED);
        display.close();
        assertThat(noThread()).isTrue();
    }

    @Test
    void fileShowsWhatIsMissingAndThenThePicture() throws Exception {
        Path file = folder.resolve("display.png");
        Fakes.Writer writer = new Fakes.Writer();
        LatestResult latest = new LatestResult("");
        List<String> lines =
                Waiting.lines(
                        "front",
                        List.of(
                                Fakes.camera(
                                        "front", CameraState.OFFLINE, "cannot open /dev/video0")),
                        null,
                        writer);
        assertThat(lines)
                .containsExactly(
                        "waiting for camera front",
                        "front: cannot open /dev/video0",
                        "missing: pipeline");
        DisplayLoop loop =
                new DisplayLoop(
                        () -> new FileScreen(file, 480, 320, 100, () -> writer),
                        latest,
                        () -> writer,
                        () -> lines,
                        20,
                        100);
        Thread thread = new Thread(loop, "facegate-display");
        thread.start();
        Settings.await(() -> Files.exists(file));
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(480);
        Files.copy(
                file, Path.of("target/display-waiting.png"), StandardCopyOption.REPLACE_EXISTING);
        Settings.await(
                () -> {
                    latest.offer(
                            Fakes.result(Fakes.frame("front", 480, 320, 0x336699)),
                            System.nanoTime());
                    return (ImageIO.read(file.toFile()).getRGB(0, 0) & 0xffffff) == 0x336699;
                });
        loop.close();
        thread.interrupt();
        thread.join(3000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void fileThatCannotBeWrittenIsNamed() throws Exception {
        Path file = folder.resolve("nowhere/display.png");
        Fakes.Writer writer = new Fakes.Writer();
        DisplayLoop loop =
                new DisplayLoop(
                        () -> new FileScreen(file, 48, 32, 100, () -> writer),
                        new LatestResult(""),
                        () -> writer,
                        () -> List.of("waiting"),
                        20,
                        20);
        Thread thread = new Thread(loop, "facegate-display");
        thread.start();
        Settings.await(() -> loop.condition().level() == Level.FAILED);
        assertThat(loop.condition().message()).contains("cannot write " + file);
        loop.close();
        thread.interrupt();
        thread.join(3000);
    }

    @Test
    void writerThatFailsDoesNotEndTheDisplay() throws Exception {
        PictureWriter good = new Fakes.Writer();
        PictureWriter broken =
                (PictureWriter)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {PictureWriter.class},
                                (proxy, method, arguments) -> {
                                    throw new NoClassDefFoundError("swapped");
                                });
        AtomicReference<PictureWriter> writer = new AtomicReference<>(broken);
        LatestResult latest = new LatestResult("");
        DisplayLoop loop =
                new DisplayLoop(
                        () -> new FileScreen(folder.resolve("a.png"), 48, 32, 100, writer::get),
                        latest,
                        writer::get,
                        List::of,
                        50,
                        20);
        latest.offer(Fakes.result(Fakes.frame("front", 48, 32, 0)), System.nanoTime());
        Thread thread = new Thread(loop, "facegate-display");
        thread.start();
        Settings.await(
                () ->
                        loop.condition().level() == Level.DEGRADED
                                && loop.condition().message().contains("swapped"));
        writer.set(good);
        latest.offer(Fakes.result(Fakes.frame("front", 48, 32, 0)), System.nanoTime());
        Settings.await(() -> loop.condition().level() == Level.OK);
        loop.close();
        thread.interrupt();
        thread.join(3000);
        assertThat(thread.isAlive()).isFalse();
    }

    private static boolean noThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.getName().equals("facegate-display"));
    }
}
