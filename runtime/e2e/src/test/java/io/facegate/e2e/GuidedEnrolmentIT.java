// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Machine;
import io.facegate.testing.Mosquitto;
import io.facegate.testing.Program;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

/**
 * A person before a camera, of reference photos that are shown one after the other: straight ahead,
 * to the left, to the right and upwards.
 */
class GuidedEnrolmentIT {
    private static final Duration LONG = Duration.ofSeconds(150);
    private static final String NAME = "John Schneider";
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    @TempDir Path folder;
    private Path data;
    private Path person;

    @BeforeEach
    void show() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        person = Files.createDirectory(folder.resolve("person"));
        show(1, "000302_00925785", false);
        show(2, "000326_00926128", true);
        show(3, "000326_00926128", false);
        show(4, "000326_00926139", false);
    }

    @Test
    void aloneFromAVideoEveryPoseThatIsShownIsTaken() throws Exception {
        Path video = video();
        Program added = add(video.toString(), "--json");
        assertThat(added.awaitExit(LONG)).as(added.transcript()).isZero();
        assertThat(added.err())
                .contains(
                        "Please look straight into the camera.",
                        "Please turn your head to your left.")
                .contains("Took front; still missing: left, right, up, down")
                .contains("Taken: front, left, right, up. Missing: down (not needed).");
        JsonObject json = JsonParser.parseString(added.out().get(0)).getAsJsonObject();
        assertThat(json.get("missing").toString()).isEqualTo("[\"down\"]");
        assertThat(json.get("complete").getAsBoolean()).isTrue();
        assertThat(shown())
                .extracting(row -> row.getAsJsonObject().get("source").getAsString())
                .containsExactly(
                        "camera:person.mp4/front",
                        "camera:person.mp4/left",
                        "camera:person.mp4/right",
                        "camera:person.mp4/up");
        Program again = add(video.toString(), "--poses", "left,front");
        assertThat(again.awaitExit(LONG)).as(again.transcript()).isZero();
        assertThat(again.err())
                .contains(NAME + " has front, left already; --again takes them anew.");
        Program next =
                Gateway.command(data, LONG, "recognize", "--video", video.toString(), "--json");
        assertThat(next.out().get(0)).contains("\"name\":\"" + NAME + "\"");
    }

    @Test
    void whoLooksLikeAnotherPersonIsRefused() throws Exception {
        Program known = Gateway.command(data, LONG, "people", "add", "Bob", person + "/1.png");
        assertThat(known.err()).contains("Bob (1 encoding).");
        Program added = add(person.toString());
        assertThat(added.awaitExit(LONG)).as(added.transcript()).isEqualTo(1);
        assertThat(added.err())
                .anyMatch(line -> line.startsWith("refused front: looks like Bob (distance 0.0"));
        assertThat(Gateway.command(data, LONG, "people", "list").out())
                .noneMatch(line -> line.contains(NAME));
    }

    @Test
    void besideTheGatewayItsOwnCameraIsUsedAndTheNextFramesAreNamed() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder);
                Program events = broker.subscribe("facegate/+/events");
                Program gateway = gateway(broker)) {
            gateway.awaitErr(line -> line.contains("is running"), LONG);
            events.awaitOut(line -> line.contains("\"event_type\":\"unknown\""), LONG);
            Program wrong = add("front2");
            assertThat(wrong.awaitExit(LONG)).isEqualTo(1);
            assertThat(wrong.err())
                    .contains("There is no camera or file front2; the gateway has front.");
            Program added = add("front", "--poses", "front,left,right", "--timeout", "120");
            assertThat(added.awaitExit(LONG)).as(added.transcript()).isZero();
            assertThat(added.err()).contains("Taken: front, left, right. Missing: none.");
            try (Program present = broker.subscribe("facegate/+/front/present")) {
                present.awaitOut(line -> line.endsWith(" " + NAME), LONG);
            }
            assertThat(shown()).hasSize(3);
            Program file = add(person.toString(), "--poses", "up");
            assertThat(file.awaitExit(LONG)).as(file.transcript()).isZero();
            assertThat(file.err()).contains("Please look straight into the camera.");
        }
    }

    @Test
    void whatIsMissingInTheEndIsSaidAndWhatWasTakenStays() throws Exception {
        Files.delete(person.resolve("2.png"));
        Program added = add(person.toString(), "--poses", "front,left");
        assertThat(added.awaitExit(LONG)).as(added.transcript()).isEqualTo(1);
        assertThat(added.err())
                .contains("Taken: front. Missing: left.")
                .contains("The same command again asks for what is missing.");
        assertThat(shown()).hasSize(1);
    }

    private Program gateway(Mosquitto broker) throws IOException {
        return Gateway.run(
                data,
                "--camera",
                person.toString(),
                "--camera-id",
                "front",
                "--broker",
                broker.url(),
                "--port",
                Integer.toString(Machine.freePort()));
    }

    private Program add(String camera, String... options) throws IOException {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("people", "add", NAME, "--camera", camera));
        words.addAll(List.of(options));
        return Gateway.start(data, words.toArray(String[]::new));
    }

    private JsonArray shown() throws Exception {
        Program show = Gateway.command(data, LONG, "people", "show", NAME, "--json");
        assertThat(show.out()).as(show.transcript()).isNotEmpty();
        return JsonParser.parseString(show.out().get(0))
                .getAsJsonObject()
                .getAsJsonArray("encodings");
    }

    /** The pictures as a video, each for a second. */
    private Path video() throws Exception {
        Path video = folder.resolve("person.mp4");
        Program made =
                Program.start(
                        Machine.program("ffmpeg"),
                        "-v",
                        "error",
                        "-framerate",
                        "1",
                        "-i",
                        person + "/%d.png",
                        "-r",
                        "5",
                        "-pix_fmt",
                        "yuv420p",
                        video.toString());
        assertThat(made.awaitExit(LONG)).as(made.transcript()).isZero();
        return video;
    }

    /** A photo in the middle of a frame, perhaps mirrored. */
    private void show(int number, String photo, boolean mirrored) throws IOException {
        BufferedImage small =
                ImageIO.read(
                        SharedData.file("photos/dlib/johns/John_Schneider/" + photo + ".jpg")
                                .toFile());
        BufferedImage frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = frame.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        int side = small.getWidth();
        int left = (WIDTH - side) / 2;
        int top = (HEIGHT - small.getHeight()) / 2;
        graphics.drawImage(
                small,
                mirrored ? left + side : left,
                top,
                mirrored ? -side : side,
                small.getHeight(),
                null);
        graphics.dispose();
        ImageIO.write(frame, "png", person.resolve(number + ".png").toFile());
    }
}
