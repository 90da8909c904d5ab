// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.ModelKey;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class PlainScanTest {
    private static final FaceMatcher MATCHER = new MatcherComponent();
    private static final ModelKey MODEL = new ModelKey("m", "w");

    /** Encodings on one axis: owner and place, in order. */
    private static GallerySection line(Object... ownersAndPlaces) {
        List<String> names = new ArrayList<>();
        int[] owners = new int[ownersAndPlaces.length / 2];
        float[] vectors = new float[owners.length];
        for (int i = 0; i < owners.length; i++) {
            String name = (String) ownersAndPlaces[2 * i];
            if (!names.contains(name)) {
                names.add(name);
            }
            owners[i] = names.indexOf(name);
            vectors[i] = ((Number) ownersAndPlaces[2 * i + 1]).floatValue();
        }
        return new GallerySection(
                MODEL, 1, names.stream().map(People::person).toList(), owners, vectors);
    }

    private static Match match(GallerySection section, Strategy strategy, int k) {
        return MATCHER.match(new FaceDescriptor(MODEL, new float[1]), section, strategy, 0.5, k);
    }

    @Test
    void voteCountsEncodingsWithinTheTolerance() {
        Match match = match(line("a", 0.1, "b", 0.25, "b", 0.375, "c", 0.75), Strategy.VOTE, 1);
        assertThat(match.name()).contains("b");
        assertThat(match.votesWon()).isEqualTo(2);
        assertThat(match.votesOf()).isEqualTo(3);
        assertThat(match.distance().getAsDouble()).isEqualTo(0.25);
        assertThat(match.margin().getAsDouble()).isCloseTo(-0.15, within(1e-6));
    }

    @Test
    void tiedVoteGoesToWhoseFirstMatchingEncodingWasAddedFirst() {
        GallerySection section = line("a", 0.9, "b", 0.4, "a", 0.1, "a", 0.2, "b", 0.3);
        assertThat(match(section, Strategy.VOTE, 1).name()).contains("b");
    }

    @Test
    void unknownBeginsWhereKnownEnds() {
        assertThat(match(line("a", 0.5), Strategy.NEAREST, 1).known()).isTrue();
        assertThat(match(line("a", 0.5), Strategy.VOTE, 1).known()).isTrue();
        assertThat(match(line("a", 0.5), Strategy.KNN, 3).known()).isTrue();
        float beyond = Math.nextUp(0.5f);
        for (Strategy strategy : Strategy.values()) {
            Match match = match(line("a", beyond, "b", 0.75), strategy, 3);
            assertThat(match.known()).isFalse();
            assertThat(match.distance().getAsDouble()).isEqualTo(beyond);
            assertThat(match.votesWon()).isZero();
        }
    }

    @Test
    void nearestTakesTheOwnerOfTheNearestEncodingWithItsMargin() {
        Match match = match(line("a", 0.25, "b", 0.5, "a", 0.1, "b", 0.375), Strategy.NEAREST, 1);
        assertThat(match.name()).contains("a");
        assertThat(match.margin().getAsDouble()).isCloseTo(0.275, within(1e-6));
    }

    @Test
    void neighboursVoteAndTiesGoToTheNearest() {
        GallerySection section = line("b", 0.3, "a", 0.1, "c", 2, "b", 0.2, "a", 0.4);
        assertThat(match(section, Strategy.KNN, 1).name()).contains("a");
        assertThat(match(section, Strategy.KNN, 2).name()).contains("a");
        assertThat(match(section, Strategy.KNN, 3).name()).contains("b");
        assertThat(match(section, Strategy.KNN, 4).name()).contains("a");
        Match all = match(section, Strategy.KNN, 100);
        assertThat(all.name()).contains("a");
        assertThat(all.votesOf()).isEqualTo(5);
    }

    @Test
    void onePersonHasNoMarginAndAnEmptyGalleryNoDistance() {
        assertThat(match(line("a", 0.1, "a", 0.2), Strategy.NEAREST, 1).margin()).isEmpty();
        assertThat(match(line(), Strategy.VOTE, 1)).isEqualTo(Match.NONE);
    }

    @Test
    void namesEveryFaceOfTheReferenceAsThePythonScriptsDo() {
        Map<String, List<JsonObject>> faces = facesByPicture();
        JsonObject reference = SharedData.golden("recognition_peer.json");
        Map<String, List<FaceDescriptor>> enrolled = new LinkedHashMap<>();
        for (JsonObject one : SharedData.list(reference.get("enrolled"))) {
            JsonObject face = faces.get(one.get("file").getAsString()).get(0);
            enrolled.computeIfAbsent(one.get("name").getAsString(), n -> new ArrayList<>())
                    .add(SharedData.descriptor(face));
        }
        Gallery gallery = People.gallery(enrolled);
        GallerySection section = gallery.section(SharedData.MODEL).orElseThrow();
        int checked = 0;
        for (JsonObject photo : SharedData.list(reference.get("photos"))) {
            for (JsonObject expected : SharedData.list(photo.get("faces"))) {
                JsonObject face = find(faces.get(photo.get("file").getAsString()), expected);
                FaceDescriptor descriptor = SharedData.descriptor(face);
                check(expected, descriptor, section);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(23);
    }

    private static void check(JsonObject expected, FaceDescriptor face, GallerySection section) {
        Match vote = MATCHER.match(face, section, Strategy.VOTE, 0.6, 1);
        Match nearest = MATCHER.match(face, section, Strategy.NEAREST, 0.6, 1);
        assertThat(name(vote)).isEqualTo(expected.get("vote").getAsString());
        assertThat(name(nearest)).isEqualTo(expected.get("nearest").getAsString());
        assertThat(name(MATCHER.match(face, section, Strategy.VOTE, 0.5, 1)))
                .isEqualTo(expected.get("vote_tol0.5").getAsString());
        assertThat(name(MATCHER.match(face, section, Strategy.VOTE, 0.45, 1)))
                .isEqualTo(expected.get("vote_tol0.45").getAsString());
        assertThat(name(MATCHER.match(face, section, Strategy.KNN, 0.6, 2)))
                .isEqualTo(expected.get("knn_k2").getAsString());
        assertThat(name(MATCHER.match(face, section, Strategy.KNN, 0.6, 3)))
                .isEqualTo(expected.get("knn_k3").getAsString());
        assertThat(nearest.distance().getAsDouble())
                .isCloseTo(expected.get("nearest_distance").getAsDouble(), within(2e-6));
        JsonObject votes = expected.getAsJsonObject("votes");
        if (vote.known()) {
            assertThat(vote.votesWon()).isEqualTo(votes.get(name(vote)).getAsInt());
        }
        assertThat(vote.votesOf())
                .isEqualTo(votes.entrySet().stream().mapToInt(e -> e.getValue().getAsInt()).sum());
    }

    private static String name(Match match) {
        return match.name().orElse("Unknown");
    }

    private static Map<String, List<JsonObject>> facesByPicture() {
        Map<String, List<JsonObject>> faces = new HashMap<>();
        List<JsonObject> photos =
                SharedData.list(SharedData.golden("golden_peer.json").get("photos"));
        for (JsonObject photo : photos) {
            if (photo.has("hog_up1")) {
                faces.put(
                        photo.get("file").getAsString(),
                        SharedData.list(photo.getAsJsonObject("hog_up1").get("faces")));
            }
        }
        for (JsonObject photo : photos) {
            JsonElement same = photo.get("same_bytes_as");
            if (same != null) {
                faces.put(photo.get("file").getAsString(), faces.get(same.getAsString()));
            }
        }
        return faces;
    }

    /** The face with the rectangle; face_recognition gives it as (top, right, bottom, left). */
    private static JsonObject find(List<JsonObject> faces, JsonObject expected) {
        double[] rect = SharedData.numbers(expected.get("rect"));
        return faces.stream()
                .filter(
                        face -> {
                            double[] css = SharedData.numbers(face.get("fr_css"));
                            return css[3] == rect[0]
                                    && css[0] == rect[1]
                                    && css[1] == rect[2]
                                    && css[2] == rect[3];
                        })
                .map(
                        face ->
                                face.has("trimmed")
                                                && face.getAsJsonObject("trimmed").has("descriptor")
                                        ? face.getAsJsonObject("trimmed")
                                        : face)
                .findFirst()
                .orElseThrow();
    }
}
