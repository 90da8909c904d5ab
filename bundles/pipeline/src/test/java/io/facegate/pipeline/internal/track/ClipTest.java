// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.store.Gallery;
import io.facegate.dlib.Detection;
import io.facegate.dlib.FaceChips;
import io.facegate.dlib.HogFaceDetector;
import io.facegate.dlib.HogOptions;
import io.facegate.dlib.Image;
import io.facegate.dlib.PixelFormat;
import io.facegate.dlib.Rectangle;
import io.facegate.dlib.ResNetFaceEncoder;
import io.facegate.dlib.ShapePredictor;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference clip through real detection and encoding, at the pace of fast and slow machines.
 */
public class ClipTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final String KNOWN = "Lin-Manuel Miranda";

    private static List<List<Stream.Face>> frames;
    private static Gallery gallery;

    @BeforeAll
    static void encode() throws Exception {
        gallery = enrolled();
        Path clip = SharedData.file("photos/peer/examples/short_hamilton_clip.mp4");
        Process ffmpeg = decode(clip);
        frames = new ArrayList<>();
        try (HogFaceDetector detector = new HogFaceDetector(1);
                ShapePredictor landmarks =
                        ShapePredictor.load(
                                SharedData.file("models/shape_predictor_5_face_landmarks.dat"));
                ResNetFaceEncoder encoder =
                        ResNetFaceEncoder.load(
                                SharedData.file(
                                        "models/dlib_face_recognition_resnet_model_v1.dat"));
                InputStream pixels = ffmpeg.getInputStream()) {
            byte[] rgb = pixels.readNBytes(WIDTH * HEIGHT * 3);
            while (rgb.length == WIDTH * HEIGHT * 3) {
                frames.add(faces(rgb, detector, landmarks, encoder));
                rgb = pixels.readNBytes(WIDTH * HEIGHT * 3);
            }
        }
        assertThat(frames).hasSize(275);
    }

    public static Process decode(Path clip) {
        try {
            return new ProcessBuilder(
                            "ffmpeg",
                            "-v",
                            "error",
                            "-i",
                            clip.toString(),
                            "-fps_mode",
                            "passthrough",
                            "-f",
                            "rawvideo",
                            "-pix_fmt",
                            "rgb24",
                            "-")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "ffmpeg is not there to decode the clip");
            throw new IllegalStateException(e);
        }
    }

    private static List<Stream.Face> faces(
            byte[] rgb,
            HogFaceDetector detector,
            ShapePredictor landmarks,
            ResNetFaceEncoder encoder) {
        Image image = new Image(rgb, WIDTH, HEIGHT, PixelFormat.RGB24);
        List<Rectangle> boxes =
                detector.detect(image, HogOptions.DEFAULT).stream().map(Detection::box).toList();
        if (boxes.isEmpty()) {
            return List.of();
        }
        List<float[]> descriptors =
                encoder.encode(FaceChips.extract(image, landmarks.predict(image, boxes)));
        List<Stream.Face> faces = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            Rectangle r = boxes.get(i);
            Box box =
                    new Box(
                            Math.max(0, r.left()),
                            Math.max(0, r.top()),
                            Math.min(WIDTH, r.right()),
                            Math.min(HEIGHT, r.bottom()));
            faces.add(
                    new Stream.Face(box, new FaceDescriptor(SharedData.MODEL, descriptors.get(i))));
        }
        return faces;
    }

    public static Gallery enrolled() {
        Map<String, List<FaceDescriptor>> people = new LinkedHashMap<>();
        for (JsonObject photo :
                SharedData.list(SharedData.golden("golden_peer.json").get("photos"))) {
            String file = photo.get("file").getAsString();
            if (file.equals("examples/lin-manuel-miranda.png")) {
                people.put(KNOWN, List.of(first(photo)));
            } else if (file.equals("examples/alex-lacamoire.png")) {
                people.put("Alex Lacamoire", List.of(first(photo)));
            }
        }
        return Fakes.gallery(people);
    }

    private static FaceDescriptor first(JsonObject photo) {
        return SharedData.descriptor(
                SharedData.list(photo.getAsJsonObject("hog_up1").get("faces")).get(0));
    }

    private static Stream play(int step, int from) {
        Stream stream = new Stream(gallery);
        stream.frameMillis = Math.round(step * 1000 / 29.97);
        for (int i = from; i < frames.size(); i += step) {
            stream.frame(i, frames.get(i).toArray(Stream.Face[]::new));
        }
        stream.end(frames.size());
        return stream;
    }

    @Test
    void everyFrameNamesTheKnownFaceFiveFramesAfterItsFirstMatchAtTheLatest() {
        Stream stream = play(1, 0);
        assertThat(stream.types()).containsExactly(Type.NEW, Type.NEW, Type.END, Type.END);
        assertThat(stream.news.get(0).name()).contains(KNOWN);
        assertThat(stream.news.get(0).frame()).isEqualTo(84);
        assertThat(stream.news.get(1).name()).isEmpty();
        assertThat(stream.news.get(1).frame()).isEqualTo(224);
    }

    /** One frame of this many is worked on: 30 frames per second down to 4. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void slowerMachinesTellTheSame(int step) {
        for (int from = 0; from < step; from++) {
            Stream stream = play(step, from);
            assertThat(
                            stream.news.stream()
                                    .filter(n -> n.type() == Type.NEW)
                                    .map(n -> n.name().orElse("")))
                    .as("every %d. frame from %d: %s", step, from, stream.news)
                    .containsExactly(KNOWN, "");
            assertThat(stream.types()).doesNotContain(Type.UPDATE);
        }
    }
}
