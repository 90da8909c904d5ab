// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.encoder.Point;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.status.StaleServiceException;
import io.facegate.testing.Golden;
import io.facegate.testing.ModelJar;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Landmarks, chips and descriptors with the real models, against the reference. */
class EncodingTest {
    private static final EncoderLoader LOADER = new EncoderLoader(4, System.getProperty("os.arch"));
    private static DlibLandmarkDetector landmarks;
    private static DlibFaceEncoder encoder;

    @BeforeAll
    static void load() throws Exception {
        landmarks = new LandmarksLoader().load(ModelJar.landmarks());
        encoder = LOADER.load(ModelJar.resnet("dlib"));
    }

    @AfterAll
    static void close() {
        landmarks.close();
        encoder.close();
    }

    static Stream<Golden.Photo> photos() throws IOException {
        return Golden.photos();
    }

    @ParameterizedTest
    @MethodSource("photos")
    void landmarksChipsAndDescriptorsAreThoseOfTheReference(Golden.Photo photo) throws Exception {
        Frame frame = photo.frame();
        List<JsonObject> faces = photo.faces("hog_up1");
        List<Landmarks> found =
                landmarks.landmarks(frame, faces.stream().map(Golden::box).toList());
        assertThat(found)
                .isEqualTo(
                        faces.stream().map(Golden::withTrimmedBox).map(Golden::landmarks).toList());
        List<FaceChip> chips = encoder.align(frame, found);
        List<FaceDescriptor> descriptors = encoder.encode(chips);
        assertThat(descriptors).hasSameSizeAs(faces);
        for (int i = 0; i < faces.size(); i++) {
            JsonObject face = faces.get(i);
            if (photo.isExact(frame) && !face.has("trimmed")) {
                assertThat(Golden.sha256(chips.get(i).rgb()))
                        .isEqualTo(face.get("chip_rgb_sha256").getAsString());
            }
            FaceDescriptor expected =
                    Golden.descriptor(Golden.withTrimmedBox(face), encoder.model().key());
            assertThat(descriptors.get(i).distanceTo(expected))
                    .isLessThan(photo.isExact(frame) ? 5e-6 : 5e-3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "examples/obama2.jpg, 0.3457349, true",
        "tests/test_images/obama3.jpg, 0.332101, true",
        "examples/biden.jpg, 0.8401752, false"
    })
    void distancesAreThoseOfThePeer(String file, double expected, boolean same) throws Exception {
        FaceDescriptor obama = encode(Golden.photo("examples/obama.jpg"));
        assertThat(obama.dimension()).isEqualTo(128);
        double distance = obama.distanceTo(encode(Golden.photo(file)));
        assertThat(distance).isCloseTo(expected, within(1e-3));
        assertThat(distance <= 0.6).isEqualTo(same);
    }

    @Test
    void portraitHasThePeersFivePoints() throws Exception {
        Golden.Photo photo = Golden.photo("examples/obama.jpg");
        assertThat(landmarks.landmarks(photo.frame(), List.of(box(photo))).get(0).points())
                .containsExactly(
                        new Point(570, 216),
                        new Point(528, 215),
                        new Point(424, 217),
                        new Point(463, 216),
                        new Point(496, 295));
    }

    @Test
    void noFaceGivesEmptyLists() {
        Frame frame = blank();
        assertThat(landmarks.landmarks(frame, List.of())).isEmpty();
        assertThat(encoder.align(frame, List.of())).isEmpty();
        assertThat(encoder.encode(List.of())).isEmpty();
    }

    @Test
    void descriptorsDoNotDependOnTheBatch() throws Exception {
        Golden.Photo photo = Golden.photo("faces/bald_guys.jpg");
        List<Box> boxes = photo.faces("hog_up1").stream().map(Golden::box).limit(9).toList();
        Frame frame = photo.frame();
        List<FaceChip> chips = encoder.align(frame, landmarks.landmarks(frame, boxes));
        List<FaceDescriptor> batched = encoder.encode(chips);
        assertThat(batched).hasSize(9);
        for (int i = 0; i < chips.size(); i++) {
            FaceDescriptor alone = encoder.encode(List.of(chips.get(i))).get(0);
            assertThat(alone.distanceTo(batched.get(i))).isLessThan(1e-6);
        }
    }

    @Test
    void chipOfAnotherSizeIsRefused() {
        var chip = new FaceChip(96, new byte[3 * 96 * 96]);
        assertThatThrownBy(() -> encoder.encode(List.of(chip)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("encoder dlib-resnet-v1 1.0.0 takes chips of 150 pixels, not of 96");
    }

    @Test
    void landmarksThatAreNoFaceGiveDlibsWords() {
        var two = new Landmarks(List.of(new Point(1, 1), new Point(2, 2)));
        assertThatThrownBy(() -> encoder.align(blank(), List.of(two)))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s)encoder dlib-resnet-v1 1.0.0 failed: .{5,}");
    }

    @Test
    void closedServicesAreStale() throws Exception {
        DlibFaceEncoder closedEncoder = LOADER.load(ModelJar.resnet("dlib"));
        DlibLandmarkDetector closedDetector = new LandmarksLoader().load(ModelJar.landmarks());
        closedEncoder.close();
        closedEncoder.close();
        closedDetector.close();
        var chip = new FaceChip(150, new byte[3 * 150 * 150]);
        assertThatThrownBy(() -> closedEncoder.encode(List.of(chip)))
                .isInstanceOf(StaleServiceException.class);
        assertThatThrownBy(() -> closedEncoder.align(blank(), List.of()))
                .isInstanceOf(StaleServiceException.class);
        assertThatThrownBy(
                        () -> closedDetector.landmarks(blank(), List.of(new Box(10, 10, 60, 60))))
                .isInstanceOf(StaleServiceException.class);
    }

    @Test
    void closedWhileBusyItFinishesAndLaterCallsAreStale() throws Exception {
        List<FaceChip> chips = Collections.nCopies(12, new FaceChip(150, new byte[3 * 150 * 150]));
        for (int i = 0; i < 5; i++) {
            DlibFaceEncoder busy = LOADER.load(ModelJar.resnet("dlib"));
            var started = new CountDownLatch(1);
            List<CompletableFuture<List<FaceDescriptor>>> calls = new ArrayList<>();
            for (int n = 0; n < 2; n++) {
                calls.add(
                        CompletableFuture.supplyAsync(
                                () -> {
                                    started.countDown();
                                    return busy.encode(chips);
                                }));
            }
            started.await();
            Thread.sleep(10L * i); // closes at different moments of the call
            busy.close();
            assertThatThrownBy(() -> busy.encode(chips)).isInstanceOf(StaleServiceException.class);
            for (var call : calls) {
                try {
                    assertThat(call.get(30, TimeUnit.SECONDS)).hasSize(12);
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(StaleServiceException.class);
                }
            }
        }
    }

    @Test
    void loadingAndClosingLeavesNoMemoryBehind() throws Exception {
        var chip = new FaceChip(150, new byte[3 * 150 * 150]);
        long before = 0;
        long residentBefore = 0;
        for (int i = 0; i < 25; i++) {
            try (DlibFaceEncoder e = LOADER.load(ModelJar.resnet("dlib"));
                    DlibLandmarkDetector l = new LandmarksLoader().load(ModelJar.landmarks())) {
                e.encode(List.of(chip));
                l.landmarks(blank(), List.of(new Box(10, 10, 60, 60)));
            }
            System.gc(); // what is measured is native memory, not garbage
            if (i == 4) {
                before = Pointer.totalBytes();
                residentBefore = Pointer.physicalBytes();
            }
        }
        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
        assertThat(Pointer.physicalBytes() - residentBefore).isLessThan(60L << 20);
    }

    private static FaceDescriptor encode(Golden.Photo photo) throws IOException {
        Frame frame = photo.frame();
        List<Landmarks> points = landmarks.landmarks(frame, List.of(box(photo)));
        return encoder.encode(encoder.align(frame, points)).get(0);
    }

    private static Box box(Golden.Photo photo) {
        return Golden.box(photo.faces("hog_up1").get(0));
    }

    private static Frame blank() {
        return Frame.rgb("blank", 0, Instant.EPOCH, 100, 100, new byte[3 * 100 * 100]);
    }
}
