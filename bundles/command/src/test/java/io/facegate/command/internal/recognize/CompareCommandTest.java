// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.encoder.Point;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelInfo;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeReader;
import io.facegate.command.internal.fake.FakeStages;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Faces here are as far apart as they are from the left edge, in hundredths. */
class CompareCommandTest {
    @TempDir private Path folder;

    private final Terminal terminal =
            new Terminal(
                    new FakeParts(
                            new FakeReader(),
                            new Detector(),
                            (LandmarkDetector) CompareCommandTest::landmarks,
                            new Encoder()));

    @Test
    void tellsDistanceAndVerdictWithoutAGallery() throws IOException {
        assertThat(terminal.run("compare", file("left10.jpg"), file("left50.jpg"))).isZero();
        assertThat(terminal.out())
                .isEqualTo(
                        "distance 0.400: the same person (tolerance 0.6, the default)\n  "
                                + folder.resolve("left10.jpg")
                                + " at 10,5 to 40,35\n  "
                                + folder.resolve("left50.jpg")
                                + " at 50,5 to 80,35\n");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void differentPeopleWereComparedAllTheSame() throws IOException {
        String[] words = {
            "compare", "" + file("left10.jpg"), "" + file("left50.jpg"), "--tolerance", "0.39"
        };
        assertThat(terminal.run((Object[]) words)).isZero();
        assertThat(terminal.out())
                .startsWith("distance 0.400: different people (tolerance 0.39, --tolerance)");
    }

    @Test
    void theLargestOfSeveralFacesIsTakenAndThatIsSaid() throws IOException {
        assertThat(terminal.run("compare", file("two.jpg"), file("left10.jpg"))).isZero();
        assertThat(terminal.out()).startsWith("distance 0.650: different people");
        assertThat(terminal.err())
                .isEqualTo(
                        folder.resolve("two.jpg")
                                + ": 2 faces, the largest is compared (every one with --all)\n");
    }

    @Test
    void allComparesEveryPairFromLeftToRight() throws IOException {
        Path two = file("two.jpg");
        assertThat(terminal.run("compare", two, two, "--all", "--json")).isZero();
        assertThat(terminal.out().lines().map(CompareCommandTest::pair))
                .containsExactly("20 20 true", "20 75 true", "75 20 true", "75 75 true");
        assertThat(terminal.err()).isEmpty();
    }

    private static String pair(String line) {
        JsonObject object = JsonParser.parseString(line).getAsJsonObject();
        return left(object, "a") + " " + left(object, "b") + " " + object.get("same");
    }

    private static String left(JsonObject object, String side) {
        return object.getAsJsonObject(side).getAsJsonArray("box").get(0).toString();
    }

    @Test
    void jsonHasBothSides() throws IOException {
        Path one = file("left10.jpg");
        assertThat(terminal.run("compare", "--json", one, one)).isZero();
        String side = "{'file':'" + one + "','width':200,'height':100,'box':[10,5,40,35]}";
        assertThat(terminal.out())
                .isEqualTo(
                        ("{'a':"
                                        + side
                                        + ",'b':"
                                        + side
                                        + ",'distance':0.0,'tolerance':0.6,'tolerance_from':'default','same':true}\n")
                                .replace('\'', '"'));
    }

    @Test
    void everyPictureThatIsNoGoodIsNamed() throws IOException {
        Path none = file("none.jpg");
        assertThat(terminal.run("compare", none, folder.resolve("missing.jpg"))).isEqualTo(1);
        assertThat(terminal.err())
                .contains("none.jpg: no face found; --upsample 2")
                .contains("missing.jpg: there is no such file");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void wrongOptionsAreUsage() throws IOException {
        Path one = file("left10.jpg");
        assertThat(terminal.run("compare", one)).isEqualTo(2);
        assertThat(terminal.run("compare", one, one, one)).isEqualTo(2);
        assertThat(terminal.run("compare", one, one, "--tolerance", "0")).isEqualTo(2);
        assertThat(terminal.run("compare", one, one, "-d", "haar")).isEqualTo(2);
    }

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "x");
    }

    private static final class Detector implements FaceDetector {
        @Override
        public String method() {
            return "hog";
        }

        @Override
        public List<FaceDetection> detect(Frame frame, DetectionOptions options) {
            return switch (frame.sourceId()) {
                case "left10.jpg" -> List.of(face(10, 30));
                case "left50.jpg" -> List.of(face(50, 30));
                case "two.jpg" -> List.of(face(75, 40), face(20, 30));
                default -> List.of();
            };
        }

        private static FaceDetection face(int left, int size) {
            return new FaceDetection(new Box(left, 5, left + size, 5 + size), 1);
        }
    }

    private static List<Landmarks> landmarks(Frame frame, List<Box> boxes) {
        return boxes.stream().map(box -> new Landmarks(List.of(new Point(box.left(), 0)))).toList();
    }

    private static final class Encoder implements FaceEncoder {
        @Override
        public ModelInfo model() {
            return FakeStages.MODEL;
        }

        @Override
        public List<FaceChip> align(Frame frame, List<Landmarks> faces) {
            return faces.stream()
                    .map(face -> (byte) face.points().get(0).x())
                    .map(left -> new FaceChip(1, new byte[] {left, 0, 0}))
                    .toList();
        }

        @Override
        public List<FaceDescriptor> encode(List<FaceChip> chips) {
            return chips.stream()
                    .map(chip -> new float[] {chip.rgb()[0] / 100f})
                    .map(values -> new FaceDescriptor(model().key(), values))
                    .toList();
        }
    }
}
