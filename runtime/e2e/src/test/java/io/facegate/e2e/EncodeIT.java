// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Distribution;
import io.facegate.testing.Program;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/** A dataset with everything that goes wrong, through the distribution's commands. */
class EncodeIT {
    private static final Duration DEADLINE = Duration.ofMinutes(4);

    @TempDir Path folder;
    private Path dataset;

    private static Path sample(String name) {
        return Distribution.repository().resolve("runtime/demo/src/main").resolve(name);
    }

    @BeforeEach
    void samplePeople() throws IOException {
        dataset = Files.createDirectory(folder.resolve("people"));
        Path people = sample("people");
        try (Stream<Path> files = Files.walk(people)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path copy = dataset.resolve(people.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private Program facegate(String data, int exit, Object... words) throws Exception {
        String[] texts = Arrays.stream(words).map(Object::toString).toArray(String[]::new);
        Program program = Gateway.command(folder.resolve(data), DEADLINE, texts);
        assertThat(program.awaitExit(DEADLINE)).as(program.transcript()).isEqualTo(exit);
        return program;
    }

    private static String err(Program program) {
        return String.join("\n", program.err());
    }

    private static String out(Program program) {
        return String.join("\n", program.out());
    }

    /** Adds what is good for nothing, or doubtful, to one person's folder. */
    private void spoil() throws IOException {
        Path savage = dataset.resolve("John Savage");
        Path good = savage.resolve("000290_01099067.jpg");
        BufferedImage picture = ImageIO.read(good.toFile());
        write(scaled(scaled(picture, 0.15), 1 / 0.15), savage.resolve("x-blurred.png"));
        write(scaled(picture, 0.35), savage.resolve("x-small.png"));
        write(
                new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB),
                savage.resolve("x-black.png"));
        Files.copy(good, savage.resolve("x-copy.jpg"));
        Files.writeString(savage.resolve("x-text.jpg"), "no picture");
        Files.copy(sample("pictures/three_men.jpg"), savage.resolve("x-three.jpg"));
        Files.copy(sample("pictures/john_simm_000288_00470387.jpg"), savage.resolve("x-simm.jpg"));
        Files.copy(good, dataset.resolve("stray.jpg"));
    }

    private static BufferedImage scaled(BufferedImage picture, double by) {
        int width = (int) Math.round(picture.getWidth() * by);
        int height = (int) Math.round(picture.getHeight() * by);
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = result.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        if (by < 1) {
            graphics.drawImage(
                    picture.getScaledInstance(width, height, Image.SCALE_SMOOTH), 0, 0, null);
        } else {
            graphics.drawImage(picture, 0, 0, width, height, null);
        }
        graphics.dispose();
        return result;
    }

    private static void write(BufferedImage picture, Path file) throws IOException {
        ImageIO.write(picture, "png", file.toFile());
    }

    @Test
    void everyPictureIsTakenToldOrRefusedWithItsReason() throws Exception {
        spoil();
        String said = err(facegate("data", 1, "encode", "--dataset", dataset, "--jobs", 2));
        assertThat(said)
                .containsPattern("(?m)^John Savage/x-blurred.png: .*blurred: sharpness [01]")
                .containsPattern("(?m)^John Savage/x-small.png: .*small: the face is \\d\\d pixels")
                .contains("refused John Savage/x-black.png: no face found (hog, upsample 1)")
                .contains("John Savage/x-copy.jpg: nearly the same picture as John Savage/000290_0")
                .containsPattern("(?m)^refused John Savage/x-text.jpg: .*x-text.jpg")
                .contains("John Savage/x-three.jpg: 3 faces, took the largest")
                .contains("John Savage/x-simm.jpg: unlike every picture of John Savage so far")
                .contains("refused stray.jpg: not in a person's folder")
                .contains("Refused: 1 not in a person's folder, 1 without a face, 1 unreadable.");

        String again = err(facegate("data", 1, "encode", "--dataset", dataset));
        assertThat(again).contains("Took 0 pictures (0 faces)").contains("3 refused");

        String checked = out(facegate("data", 0, "people", "check"));
        assertThat(checked).contains("John Savage/x-simm.jpg: nearer to John Simm (");
        String calibrated = out(facegate("data", 0, "calibrate"));
        assertThat(calibrated).contains("taken for another person").contains("x-simm.jpg");
        Path report = folder.resolve("report.svg");
        JsonObject json =
                JsonParser.parseString(
                                out(facegate("data", 0, "calibrate", "--json", "-o", report)))
                        .getAsJsonObject();
        assertThat(json.getAsJsonObject("leave_one_out").get("misnamed").getAsInt()).isPositive();
        assertThat(Files.readString(report)).startsWith("<svg").contains("false reject");
    }

    @Test
    void strictRefusesWhatIsDoubtful() throws Exception {
        spoil();
        String said =
                err(facegate("data", 1, "encode", "-i", dataset, "--strict", "--faces", "refuse"));
        assertThat(said)
                .containsPattern("(?m)^refused John Savage/x-blurred.png: ")
                .containsPattern("(?m)^refused John Savage/x-copy.jpg: nearly the same")
                .containsPattern("(?m)^refused John Savage/x-simm.jpg: unlike every picture")
                .doesNotContain("refused John Simm/000297")
                .containsPattern(
                        "(?m)^refused John Savage/x-three.jpg: 3 faces, and it is not clear")
                .doesNotContain("taken with a warning");
        assertThat(sources("data")).noneMatch(source -> source.startsWith("John Savage/x-"));
    }

    @Test
    void galleryIsTheSameForAnyNumberOfJobsAndAfterBeingKilled() throws Exception {
        // copies: each is told of as soon as it is taken
        for (Path file : files()) {
            String name = file.getFileName().toString();
            Files.copy(file, file.resolveSibling(name.replace(".jpg", "-copy.jpg")));
        }
        facegate("alone", 0, "encode", "-i", dataset, "--jobs", 1);
        String alone = vectors("alone");
        facegate("several", 0, "encode", "-i", dataset, "--jobs", 3);
        assertThat(vectors("several")).isEqualTo(alone);

        try (Program killed =
                Gateway.start(
                        folder.resolve("killed"),
                        "encode",
                        "-i",
                        dataset.toString(),
                        "--jobs",
                        "2")) {
            killed.awaitErr(line -> line.contains("nearly the same picture"), DEADLINE);
            killed.kill();
            killed.awaitExit(DEADLINE);
        }
        int kept = sources("killed").size();
        assertThat(kept).isPositive().isLessThan(files().size());
        String said = err(facegate("killed", 0, "encode", "-i", dataset));
        assertThat(said).contains(kept + " unchanged, 0 refused");
        assertThat(vectors("killed")).isEqualTo(alone);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(dataset)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private List<JsonObject> encodings(String data) throws Exception {
        JsonObject json =
                JsonParser.parseString(out(facegate(data, 0, "people", "export")))
                        .getAsJsonObject();
        List<JsonObject> encodings = new ArrayList<>();
        for (JsonElement person : json.getAsJsonArray("people")) {
            for (JsonElement e : person.getAsJsonObject().getAsJsonArray("encodings")) {
                encodings.add(e.getAsJsonObject());
            }
        }
        return encodings;
    }

    /** All encodings in the gallery's order, with their sources. */
    private String vectors(String data) throws Exception {
        return String.join("\n", encodings(data).stream().map(Object::toString).toList());
    }

    private List<String> sources(String data) throws Exception {
        return encodings(data).stream().map(e -> e.get("source").getAsString()).toList();
    }
}
