// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.testing.Program;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * What face_recognition 1.3.0 says of its own example pictures ({@code recognition_peer.json}),
 * reproduced by the command line: each box, name, count of votes and distance.
 */
class RecognitionPeerIT {
    private static final Duration DEADLINE = Duration.ofMinutes(4);

    /** The reference is rounded to 1e-6; descriptors of another engine are within 1.3e-6. */
    private static final double SAME_DISTANCE = 1e-5;

    @TempDir static Path folder;

    private static Path peer;
    private static List<JsonObject> photos;

    @BeforeAll
    static void enrolWhomThePeerEnrolled() throws Exception {
        Path golden = SharedData.file("golden/recognition_peer.json");
        peer = SharedData.file("photos/peer");
        JsonObject all = JsonParser.parseString(Files.readString(golden)).getAsJsonObject();
        photos = objects(all.getAsJsonArray("photos"));
        Path dataset = folder.resolve("people");
        for (JsonObject picture : objects(all.getAsJsonArray("enrolled"))) {
            if (picture.get("used").getAsBoolean()) {
                Path file = peer.resolve(picture.get("file").getAsString());
                Path person = dataset.resolve(picture.get("name").getAsString());
                Files.createDirectories(person);
                Files.copy(file, person.resolve(file.getFileName()));
            }
        }
        Program encode =
                Gateway.command(
                        folder.resolve("data"),
                        DEADLINE,
                        "encode",
                        "--dataset",
                        dataset.toString());
        assertThat(encode.awaitExit(DEADLINE)).as(encode.transcript()).isZero();
    }

    @Test
    void votesOfTheDefaultAreThoseOfThePythonScripts() throws Exception {
        assertFaces(recognize(), "vote", "votes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "0.45"})
    void votesOfStricterTolerances(String tolerance) throws Exception {
        assertFaces(
                recognize("--tolerance", tolerance),
                "vote_tol" + tolerance,
                tolerance.equals("0.5") ? "votes_tol0.5" : null);
    }

    @Test
    void nearest() throws Exception {
        assertFaces(recognize("--strategy", "nearest"), "nearest", null);
    }

    @Test
    void twoNeighbours() throws Exception {
        assertFaces(recognize("--strategy", "knn", "--k", "2"), "knn_k2", null);
    }

    /** Two faces of somebody with a single picture go to the one with two: as in the original. */
    @Test
    void threeNeighboursNameTheSameTwoFacesWrongly() throws Exception {
        Map<String, List<JsonObject>> found = recognize("--strategy", "knn", "--k", "3");
        assertFaces(found, "knn_k3", null);
        assertThat(wrong("knn_k3")).isEqualTo(2);
    }

    @Test
    void neighboursAskedByDefaultNameNobodyWrongly() throws Exception {
        assertFaces(recognize("--strategy", "knn"), "nearest", null);
        assertThat(wrong("nearest")).isZero();
    }

    /** Faces that the peer itself named against the truth. */
    private static long wrong(String field) {
        return photos.stream()
                .flatMap(photo -> objects(photo.getAsJsonArray("faces")).stream())
                .filter(
                        face -> {
                            JsonElement truth = face.get("truth");
                            String right = truth.isJsonNull() ? "Unknown" : truth.getAsString();
                            return !face.get(field).getAsString().equals(right);
                        })
                .count();
    }

    /** Faces of each picture as {@code facegate recognize} finds them in one go. */
    private static Map<String, List<JsonObject>> recognize(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("recognize", "--json"));
        words.addAll(Arrays.asList(options));
        words.add("--image");
        photos.forEach(p -> words.add(peer.resolve(p.get("file").getAsString()).toString()));
        Program recognize =
                Gateway.command(folder.resolve("data"), DEADLINE, words.toArray(String[]::new));
        assertThat(recognize.awaitExit(DEADLINE)).as(recognize.transcript()).isZero();
        Map<String, List<JsonObject>> found = new HashMap<>();
        for (String line : recognize.out()) {
            JsonObject picture = JsonParser.parseString(line).getAsJsonObject();
            found.put(
                    peer.relativize(Path.of(picture.get("file").getAsString())).toString(),
                    objects(picture.getAsJsonArray("faces")));
        }
        return found;
    }

    /** Compares all faces; {@code votes} may be null. */
    private static void assertFaces(
            Map<String, List<JsonObject>> found, String name, String votes) {
        assertThat(found).hasSameSizeAs(photos);
        for (JsonObject photo : photos) {
            String file = photo.get("file").getAsString();
            Map<String, JsonObject> byBox = new HashMap<>();
            found.get(file).forEach(face -> byBox.put(face.get("box").toString(), face));
            List<JsonObject> expected = objects(photo.getAsJsonArray("faces"));
            assertThat(byBox).as(file).hasSameSizeAs(expected);
            for (JsonObject face : expected) {
                String where = file + " " + face.get("rect");
                JsonObject ours = byBox.get(face.get("rect").toString());
                assertThat(ours).as(where).isNotNull();
                assertFace(where, ours, face, name, votes);
            }
        }
    }

    private static void assertFace(
            String where, JsonObject ours, JsonObject expected, String name, String votes) {
        JsonElement found = ours.get("name");
        String person = found.isJsonNull() ? "Unknown" : found.getAsString();
        assertThat(person).as(where).isEqualTo(expected.get(name).getAsString());
        assertThat(ours.get("distance").getAsDouble())
                .as(where)
                .isCloseTo(distance(expected, person), within(SAME_DISTANCE));
        if (votes != null) {
            JsonElement won = expected.getAsJsonObject(votes).get(person);
            assertThat(ours.getAsJsonObject("votes").get("won").getAsInt())
                    .as(where)
                    .isEqualTo(won == null ? 0 : won.getAsInt());
            int of =
                    expected.getAsJsonObject(votes).entrySet().stream()
                            .mapToInt(each -> each.getValue().getAsInt())
                            .sum();
            assertThat(ours.getAsJsonObject("votes").get("of").getAsInt()).as(where).isEqualTo(of);
        }
    }

    /** To the nearest encoding of a person, or of anyone. */
    private static double distance(JsonObject face, String person) {
        OptionalDouble nearest =
                face.getAsJsonObject("distances").entrySet().stream()
                        .filter(each -> person.equals("Unknown") || each.getKey().equals(person))
                        .flatMapToDouble(each -> numbers(each.getValue().getAsJsonArray()))
                        .min();
        return nearest.orElseThrow();
    }

    private static DoubleStream numbers(JsonArray array) {
        return objectsOrNumbers(array).stream().mapToDouble(JsonElement::getAsDouble);
    }

    private static List<JsonObject> objects(JsonArray array) {
        return objectsOrNumbers(array).stream().map(JsonElement::getAsJsonObject).toList();
    }

    private static List<JsonElement> objectsOrNumbers(JsonArray array) {
        List<JsonElement> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }
}
