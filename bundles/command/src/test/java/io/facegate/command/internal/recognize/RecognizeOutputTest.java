// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.PixelAspect;
import io.facegate.api.display.WindowAnswer;
import io.facegate.command.internal.fake.FakeFrames;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeReader;
import io.facegate.command.internal.fake.FakeRecognizer;
import io.facegate.command.internal.fake.FakeStages;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.fake.FakeVideos;
import io.facegate.command.internal.fake.FakeWindows;
import io.facegate.command.internal.fake.Terminal;
import io.facegate.command.internal.fake.TextWriter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Videos that recognize writes, and windows it shows. */
class RecognizeOutputTest {
    @TempDir private Path folder;

    private final FakeRecognizer recognizer =
            new FakeRecognizer()
                    .with("command#1", FakeRecognizer.known("Alice", 0.5, 5))
                    .with("command#2", FakeRecognizer.unknown(0.9, 70));
    private final FakeFrames frames = new FakeFrames();
    private final FakeVideos videos = new FakeVideos();
    private final FakeWindows windows = new FakeWindows();
    private final Terminal terminal =
            new Terminal(
                    new FakeParts(
                            recognizer,
                            new FakeStore(),
                            new FakeReader(),
                            new TextWriter(),
                            frames,
                            videos,
                            windows,
                            FakeStages.detector("hog"),
                            FakeStages.landmarks(),
                            FakeStages.encoder()));

    @AfterEach
    void everyVideoIsClosed() {
        assertThat(videos.open).isZero();
    }

    @Test
    void aVideoHasEveryFrameInOrderWithItsTimeAndLabels() {
        Path output = folder.resolve("out.mp4");
        assertThat(terminal.run("recognize", "--video", "clip.mp4", "--output", output)).isZero();
        assertThat(output)
                .hasContent("200x100 25.0\n0 \n40000 Alice 0.50:true\n80000 unknown 0.90:false");
        assertThat(terminal.err()).contains("Wrote " + output + ": 3 frames, without sound.");
    }

    @Test
    void pixelsAreAsTheUserSays() {
        assertThat(terminal.run("recognize", "--video", "a.mp4", "--pixel-aspect", "2:1")).isZero();
        assertThat(frames.aspect).isEqualTo(new PixelAspect(2, 1));
        assertThat(terminal.run("recognize", "--video", "a.mp4")).isZero();
        assertThat(frames.aspect).isEqualTo(PixelAspect.AUTO);
        assertThat(terminal.run("recognize", "--video", "a.mp4", "--pixel-aspect", "2"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("--pixel-aspect: the aspect of a pixel is auto, or ");
    }

    @Test
    void aLongVideoKeepsItsOrder() throws IOException {
        frames.frames = 200;
        Path output = folder.resolve("out.avi");
        assertThat(terminal.run("recognize", "--video", "clip.mp4", "-o", output)).isZero();
        assertThat(Files.readAllLines(output).stream().skip(1).map(l -> l.split(" ")[0]))
                .hasSize(200)
                .startsWith("0", "40000", "80000")
                .endsWith("7920000", "7960000");
    }

    @Test
    void whatCtrlCLeavesIsAWholeVideo() throws IOException {
        frames.live = true;
        frames.frames = Integer.MAX_VALUE;
        int[] asked = new int[1];
        frames.before =
                () -> {
                    if (++asked[0] == 5) {
                        terminal.stop.stop();
                    }
                };
        Path output = folder.resolve("out.mp4");
        terminal.run("recognize", "--camera", "0", "--json", "--output", output);
        assertThat(Files.readAllLines(output)).hasSizeBetween(2, 6);
        assertThat(terminal.out().lines().count() + 1)
                .as("frames told")
                .isEqualTo(Files.readAllLines(output).size());
        assertThat(terminal.err()).contains("Wrote ");
    }

    @Test
    void framesThatFailAreWrittenWithoutFaces() throws IOException {
        recognizer.broken("the encoder failed");
        Path output = folder.resolve("out.mp4");
        assertThat(terminal.run("recognize", "--video", "clip.mp4", "-o", output)).isEqualTo(1);
        assertThat(Files.readAllLines(output)).hasSize(4).endsWith("80000 ");
    }

    @Test
    void aFullDiskEndsTheCommand() {
        videos.room = 2;
        frames.frames = 1000;
        Path output = folder.resolve("out.mp4");
        assertThat(terminal.run("recognize", "--video", "clip.mp4", "-o", output)).isEqualTo(1);
        assertThat(terminal.err()).containsOnlyOnce("out.mp4 cannot be written (disk full).");
        assertThat(output).doesNotExist();
    }

    @Test
    void aVideoIsNotWrittenOverItself() throws IOException {
        Path clip = Files.writeString(folder.resolve("clip.mp4"), "mine");
        assertThat(terminal.run("recognize", "--video", clip, "--output", clip)).isEqualTo(1);
        assertThat(terminal.err()).contains("it is the video itself");
        assertThat(clip).hasContent("mine");
    }

    @Test
    void anotherEndingIsAMistake() {
        Path output = folder.resolve("out.webm");
        assertThat(terminal.run("recognize", "--video", "clip.mp4", "-o", output)).isEqualTo(2);
        assertThat(terminal.err()).contains("with an ending of mp4, avi, not ");
        assertThat(terminal.run("recognize", "--video", "clip.mp4", "-o", folder)).isEqualTo(2);
    }

    @Test
    void aKeyAsksForTheNextPicture() throws IOException {
        pictures("a.jpg", "b.jpg");
        windows.user = () -> WindowAnswer.NEXT;
        assertThat(terminal.run("recognize", "--image", folder, "--display")).isZero();
        assertThat(windows.shown).containsExactly("a.jpg#0", "b.jpg#0");
        assertThat(windows.closedByCommand).isTrue();
    }

    @Test
    void picturesFollowEachOtherAfterTheDelay() throws IOException {
        pictures("a.jpg", "b.jpg", "c.jpg");
        String[] words = {"recognize", "--display", "--delay", "0.01", "--image", "" + folder};
        assertThat(terminal.run((Object[]) words)).isZero();
        assertThat(windows.shown).hasSize(3);
    }

    @Test
    void closingTheWindowEndsTheCommand() throws IOException {
        pictures("a.jpg", "b.jpg");
        windows.user = () -> WindowAnswer.CLOSED;
        assertThat(terminal.run("recognize", "--image", folder, "-y", "1")).isZero();
        assertThat(windows.shown).containsExactly("a.jpg#0");
        assertThat(terminal.out()).doesNotContain("b.jpg");
    }

    @Test
    void framesAreShownInOrderAndKeysDoNotHurryThem() {
        windows.user = () -> WindowAnswer.NEXT;
        long start = System.nanoTime();
        assertThat(terminal.run("recognize", "--video", "clip.mp4", "--display")).isZero();
        assertThat(windows.shown).containsExactly("command#0", "command#1", "command#2");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(80_000_000);
    }

    @Test
    void closingTheWindowEndsAVideoAndCompletesWhatIsWritten() throws IOException {
        frames.frames = 1000;
        windows.user = () -> WindowAnswer.CLOSED;
        Path output = folder.resolve("out.mp4");
        assertThat(terminal.run("recognize", "--video", "clip.mp4", "-y", "-o", output)).isZero();
        assertThat(Files.readAllLines(output)).hasSizeLessThan(10);
    }

    @Test
    void stoppingEndsAPictureThatIsShown() throws IOException {
        pictures("a.jpg", "b.jpg");
        windows.user =
                () -> {
                    terminal.stop.stop();
                    return WindowAnswer.NONE;
                };
        terminal.run("recognize", "--image", folder, "--display");
        assertThat(windows.shown).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"--image,a.jpg", "--video,clip.mp4"})
    void withoutADesktopItSaysSo(String option, String name) throws IOException {
        pictures("a.jpg");
        windows.trouble = "no window without a desktop";
        Path file = folder.resolve(name);
        assertThat(terminal.run("recognize", option, file, "--display")).isEqualTo(1);
        assertThat(terminal.err()).containsOnlyOnce("no window without a desktop");
    }

    @Test
    void displayMayBeSwitchedOff() throws IOException {
        pictures("a.jpg");
        assertThat(terminal.run("recognize", "-y", "0", "--image", folder)).isZero();
        assertThat(windows.shown).isEmpty();
    }

    private void pictures(String... names) throws IOException {
        for (String name : Arrays.asList(names)) {
            Files.writeString(folder.resolve(name), "x");
        }
    }
}
