// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * What face_recognition's own tests assert (golden/peer_test_facts.json), as far as it is about
 * dlib: not the command line, and not the 68-point model, which the project does not use.
 */
class PeerFactsTest {
    private static final String PICTURES = "peer/tests/test_images/";
    private static final HogOptions UPSAMPLED = HogOptions.DEFAULT.withUpsample(1);

    private final Iterable<JsonElement> facts =
            Reference.json("peer_test_facts.json").getAsJsonArray("tests");

    @Test
    void picturesDecodeToTheirSize() {
        assertSize(fact("test_load_image_file"));
        assertSize(fact("test_load_image_file_32bit"));
    }

    @Test
    void hogFindsOneFaceAtItsRows() {
        assertRows(fact("test_raw_face_locations"));
        assertRows(fact("test_raw_face_locations_32bit_image"));
    }

    @Test
    void hogFindsTheTrimmedBox() {
        JsonObject fact = fact("test_face_locations");
        assertTrimmed(hog(fact), fact);
    }

    @Test
    void hogFindsFacesThatLeaveThePicture() {
        for (JsonElement each : fact("test_partial_face_locations").getAsJsonArray("cases")) {
            JsonObject partial = each.getAsJsonObject();
            int[] ltrb = ints(partial.getAsJsonArray("untrimmed_ltrb").get(0));
            assertThat(hog(partial))
                    .extracting(Detection::box)
                    .containsExactly(new Rectangle(ltrb[0], ltrb[1], ltrb[2], ltrb[3]));
            int[] css = ints(partial.get("css"));
            assertThat(trimmed(hog(partial).get(0).box(), picture(partial))).isEqualTo(css);
        }
    }

    @Test
    void mmodFindsTheSameFaceUpsampled() {
        assertNear(fact("test_cnn_raw_face_locations"));
        assertNear(fact("test_cnn_raw_face_locations_32bit_image"));
    }

    @Test
    void mmodFindsTheSameFaceEveryTime() {
        JsonObject fact = fact("test_batched_face_locations");
        for (int i = 0; i < 3; i++) {
            assertTrimmed(Models.mmod().detect(picture(fact), 0, 0), fact);
        }
    }

    @Test
    void landmarksAreThoseOfTheSmallModel() {
        JsonObject fact = fact("test_face_landmarks_small_model");
        List<Point> points = landmarks(picture(fact)).get(0);
        JsonObject expected = fact.getAsJsonObject("landmarks");
        assertThat(points.subList(0, 2)).isEqualTo(points(expected, "right_eye"));
        assertThat(points.subList(2, 4)).isEqualTo(points(expected, "left_eye"));
        assertThat(points.subList(4, 5)).isEqualTo(points(expected, "nose_tip"));
    }

    @Test
    void descriptorHas128Values() {
        JsonObject fact = fact("test_face_encodings");
        assertThat(encode("obama.jpg")).hasSize(fact.get("length").getAsInt());
    }

    @Test
    void distancesSeparatePeople() {
        float[] obama = encode("obama.jpg");
        JsonObject measured = fact("test_face_distance").getAsJsonObject("measured");
        measured.entrySet()
                .forEach(
                        pair -> {
                            String other = pair.getKey().substring("obama.jpg|".length());
                            assertThat(Reference.distance(obama, encode(other)))
                                    .isCloseTo(pair.getValue().getAsDouble(), within(1e-5));
                        });
        List<Boolean> expected =
                StreamSupport.stream(
                                fact("test_compare_faces").getAsJsonArray("expected").spliterator(),
                                false)
                        .map(JsonElement::getAsBoolean)
                        .toList();
        assertThat(List.of("obama2.jpg", "obama3.jpg", "biden.jpg"))
                .map(file -> Reference.distance(obama, encode(file)) <= 0.6)
                .isEqualTo(expected);
    }

    @Test
    void nothingInNothingOut() {
        Image image = picture(fact("test_face_locations"));
        assertThat(Models.predictor().predict(image, List.of())).isEmpty();
        assertThat(FaceChips.extract(image, List.of())).isEmpty();
        assertThat(Models.encoder().encode(List.of())).isEmpty();
    }

    private void assertSize(JsonObject fact) {
        assertThat(picture(fact).width()).isEqualTo(fact.get("width").getAsInt());
        assertThat(picture(fact).height()).isEqualTo(fact.get("height").getAsInt());
    }

    private static void assertRows(JsonObject fact) {
        List<Detection> faces = hog(fact);
        assertThat(faces).hasSize(fact.get("count").getAsInt());
        assertThat(faces.get(0).box().top()).isEqualTo(fact.get("top").getAsInt());
        assertThat(faces.get(0).box().bottom()).isEqualTo(fact.get("bottom").getAsInt());
    }

    private static void assertNear(JsonObject fact) {
        List<Detection> faces =
                Models.mmod().detect(picture(fact), fact.get("upsample").getAsInt(), 0);
        int delta = fact.get("delta").getAsInt();
        assertThat(faces).hasSize(fact.get("count").getAsInt());
        assertThat(faces.get(0).box().top()).isCloseTo(fact.get("top").getAsInt(), within(delta));
        assertThat(faces.get(0).box().bottom())
                .isCloseTo(fact.get("bottom").getAsInt(), within(delta));
    }

    private static void assertTrimmed(List<Detection> faces, JsonObject fact) {
        JsonArray css = fact.getAsJsonArray("css");
        assertThat(faces).hasSize(css.size());
        for (int i = 0; i < css.size(); i++) {
            assertThat(trimmed(faces.get(i).box(), picture(fact))).isEqualTo(ints(css.get(i)));
        }
    }

    /** Top, right, bottom, left within the picture, as face_recognition's _trim_css_to_bounds. */
    private static int[] trimmed(Rectangle box, Image image) {
        return new int[] {
            Math.max(box.top(), 0),
            Math.min(box.right(), image.width()),
            Math.min(box.bottom(), image.height()),
            Math.max(box.left(), 0)
        };
    }

    private static List<Detection> hog(JsonObject fact) {
        return Models.hog().detect(picture(fact), UPSAMPLED);
    }

    private static List<List<Point>> landmarks(Image image) {
        List<Rectangle> boxes =
                Models.hog().detect(image, UPSAMPLED).stream().map(Detection::box).toList();
        return Models.predictor().predict(image, boxes);
    }

    private static float[] encode(String file) {
        Image image = Reference.photo(PICTURES + file);
        List<float[]> descriptors =
                Models.encoder().encode(FaceChips.extract(image, landmarks(image)));
        assertThat(descriptors).hasSize(1);
        return descriptors.get(0);
    }

    private static Image picture(JsonObject fact) {
        return Reference.photo(PICTURES + fact.get("file").getAsString());
    }

    private static List<Point> points(JsonObject landmarks, String part) {
        return StreamSupport.stream(landmarks.getAsJsonArray(part).spliterator(), false)
                .map(PeerFactsTest::ints)
                .map(xy -> new Point(xy[0], xy[1]))
                .toList();
    }

    private static int[] ints(JsonElement array) {
        JsonArray values = array.getAsJsonArray();
        return IntStream.range(0, values.size()).map(i -> values.get(i).getAsInt()).toArray();
    }

    private JsonObject fact(String test) {
        return StreamSupport.stream(facts.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(fact -> fact.get("test").getAsString().equals(test))
                .findFirst()
                .orElseThrow();
    }
}
