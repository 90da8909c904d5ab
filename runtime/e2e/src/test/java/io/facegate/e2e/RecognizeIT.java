// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Distribution;
import io.facegate.testing.Machine;
import io.facegate.testing.Program;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

/** Annotated videos, windows and comparisons of the distribution's command line. */
class RecognizeIT {
    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final int UNKNOWN = 0xff851b;
    private static final int SIGINT = 130;

    @TempDir Path folder;

    private final List<Program> started = new ArrayList<>();

    @AfterEach
    void endPrograms() {
        started.forEach(Program::close);
    }

    @Test
    void anAnnotatedVideoHasTheFramesSizeAndTimesOfItsSource() throws Exception {
        Path clip = SharedData.file("photos/peer/examples/short_hamilton_clip.mp4");
        List<JsonObject> source = recognize(clip, folder.resolve("made here/out.mp4"));
        List<JsonObject> written = recognize(folder.resolve("made here/out.mp4"), null);
        assertThat(source).hasSize(275);
        assertThat(written).hasSameSizeAs(source);
        long first = time(source.get(0));
        for (int i = 0; i < source.size(); i++) {
            assertThat(written.get(i).get("width")).isEqualTo(source.get(i).get("width"));
            assertThat(written.get(i).get("height")).isEqualTo(source.get(i).get("height"));
            assertThat(time(written.get(i)))
                    .as("frame " + i)
                    .isCloseTo(time(source.get(i)) - first, within(1L));
        }
        assertThat(folder.resolve("made here").toFile().list()).containsExactly("out.mp4");
    }

    private List<JsonObject> recognize(Path video, Path output) throws Exception {
        List<String> words =
                new ArrayList<>(List.of("recognize", "--json", "--upsample", "0", "--video"));
        words.add(video.toString());
        if (output != null) {
            words.addAll(List.of("--output", output.toString()));
        }
        Program program = start(Map.of(), words.toArray(String[]::new));
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isZero();
        return objects(program);
    }

    private static List<JsonObject> objects(Program program) {
        return program.out().stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    private static long time(JsonObject frame) {
        return frame.get("time_ms").getAsLong();
    }

    @Test
    void ctrlCLeavesAVideoOfTheFramesThatWereTold() throws Exception {
        Path clip = SharedData.file("photos/peer/examples/short_hamilton_clip.mp4");
        Path output = folder.resolve("out.mkv");
        Program program =
                start(
                        Map.of(),
                        "recognize",
                        "--json",
                        "--upsample",
                        "2",
                        "--video",
                        clip.toString(),
                        "--output",
                        output.toString());
        program.awaitOut(line -> line.contains("\"frame\":5,"), DEADLINE);
        interrupt(program);
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isEqualTo(SIGINT);
        assertThat(program.out()).as("told").hasSizeBetween(6, 274);
        assertThat(recognize(output, null)).hasSameSizeAs(program.out());
        assertThat(program.err()).noneMatch(line -> line.contains("\tat "));
    }

    private static void interrupt(Program program) throws Exception {
        int code = new ProcessBuilder("kill", "-INT", "" + program.pid()).start().waitFor();
        assertThat(code).isZero();
    }

    @Test
    void aPictureIsShownInAWindowUntilCtrlC() throws Exception {
        Path picture = SharedData.file("photos/peer/examples/two_people.jpg");
        String screenshots = Machine.program("import");
        Path java = Path.of(System.getProperty("java.home"), "lib/libawt_xawt.so");
        assumeTrue(Files.exists(java), "skipped: this Java is headless");
        Program server =
                Program.start(
                        Machine.program("Xvfb"), "-displayfd", "1", "-screen", "0", "1024x768x24");
        started.add(server);
        String display = ":" + server.awaitOut(line -> !line.isBlank(), DEADLINE);
        Program program =
                start(
                        Map.of("DISPLAY", display),
                        "recognize",
                        "--image",
                        picture.toString(),
                        "--display");
        program.awaitOut(line -> line.contains("Unknown"), DEADLINE);
        File shot = Path.of("target/recognize-window.png").toFile();
        long end = System.nanoTime() + DEADLINE.toNanos();
        int pixels = 0;
        while (pixels < 500 && System.nanoTime() < end && program.isAlive()) {
            Program taken =
                    Program.start(
                            screenshots, "-display", display, "-window", "root", shot.toString());
            taken.awaitExit(DEADLINE);
            pixels = count(ImageIO.read(shot), UNKNOWN);
        }
        assertThat(pixels).as(program.transcript()).isGreaterThanOrEqualTo(500);
        interrupt(program);
        assertThat(program.awaitExit(DEADLINE)).isEqualTo(SIGINT);
    }

    private static int count(BufferedImage image, int rgb) {
        int[] pixels =
                image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        int count = 0;
        for (int pixel : pixels) {
            count += (pixel & 0xffffff) == rgb ? 1 : 0;
        }
        return count;
    }

    @Test
    void withoutADesktopTheWindowIsRefusedWithItsReason() throws Exception {
        Path picture = SharedData.file("photos/peer/examples/obama-240p.jpg");
        Program program =
                start(Map.of("DISPLAY", ""), "recognize", "-y", "1", "--image", "" + picture);
        assertThat(program.awaitExit(DEADLINE)).isEqualTo(1);
        assertThat(program.err())
                .anyMatch(line -> line.contains("no window") && line.contains("--output"));
        assertThat(program.err()).noneMatch(line -> line.contains("\tat "));
    }

    @Test
    void twoPicturesAreComparedWithoutAGallery() throws Exception {
        Path pictures = SharedData.file("photos/peer/tests/test_images");
        Program same =
                start(
                        Map.of(),
                        "compare",
                        pictures.resolve("obama.jpg").toString(),
                        pictures.resolve("obama2.jpg").toString(),
                        "--json");
        assertThat(same.awaitExit(DEADLINE)).as(same.transcript()).isZero();
        JsonObject pair = objects(same).get(0);
        assertThat(pair.get("distance").getAsDouble()).isCloseTo(0.345735, within(1e-5));
        assertThat(pair.get("same").getAsBoolean()).isTrue();
        Program different =
                start(
                        Map.of(),
                        "compare",
                        pictures.resolve("obama.jpg").toString(),
                        pictures.resolve("biden.jpg").toString());
        assertThat(different.awaitExit(DEADLINE)).as(different.transcript()).isZero();
        assertThat(different.out().get(0)).startsWith("distance 0.840: different people");
        assertThat(folder.resolve("data/facegate.db")).doesNotExist();
    }

    @Test
    void heicHasTheFaceOfTheJpegOfTheSamePhoto() throws Exception {
        String photo = "john_savage_000290_01099090";
        Path jpeg = Path.of("../demo/src/main/pictures", photo + ".jpg");
        Path heic = Path.of("src/test/resources/pictures", photo + ".heic");
        Program compare =
                start(
                        Map.of(),
                        "compare",
                        heic.toAbsolutePath().toString(),
                        jpeg.toAbsolutePath().toString(),
                        "--json");
        assertThat(compare.awaitExit(DEADLINE)).as(compare.transcript()).isZero();
        JsonObject pair = objects(compare).get(0);
        assertThat(pair.get("distance").getAsDouble()).isLessThan(0.15);
    }

    private Program start(Map<String, String> environment, String... words) throws Exception {
        String data = folder.resolve("data").toString();
        List<String> command = new ArrayList<>();
        command.add(Distribution.program());
        command.addAll(List.of(words));
        command.addAll(List.of("--data", data));
        Map<String, String> all = new HashMap<>(environment);
        all.put("HOME", data);
        Program program = Program.start(all, command);
        started.add(program);
        return program;
    }
}
