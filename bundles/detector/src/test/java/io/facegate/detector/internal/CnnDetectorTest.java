// SPDX-License-Identifier: Apache-2.0
package io.facegate.detector.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.status.StaleServiceException;
import io.facegate.model.loader.ModelRefusedException;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

class CnnDetectorTest {
    private static final CnnLoader LOADER = new CnnLoader();
    private static CnnDetector cnn;

    @BeforeAll
    static void load() throws Exception {
        cnn = LOADER.load(ModelJar.mmod("dlib"));
    }

    @AfterAll
    static void close() {
        cnn.close();
    }

    static Stream<Golden.Photo> smallPhotos() throws IOException {
        List<Golden.Photo> all = Golden.photos().filter(p -> p.unscaled("cnn_up0")).toList();
        return Stream.of(
                        all.stream().filter(p -> p.pixels() < 30_000).limit(20),
                        all.stream().filter(p -> p.pixels() > 30_000 && p.pixels() < 200_000))
                .flatMap(s -> s);
    }

    @ParameterizedTest
    @MethodSource("smallPhotos")
    void boxesAreThoseOfTheReference(Golden.Photo photo) throws Exception {
        List<FaceDetection> found = cnn.detect(photo.frame(), DetectionOptions.LIVE);
        List<JsonObject> expected = photo.faces("cnn_up0");
        assertThat(found)
                .extracting(FaceDetection::box)
                .isEqualTo(expected.stream().map(Golden::box).toList());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).score())
                    .isCloseTo(expected.get(i).get("score").getAsDouble(), within(1e-4));
        }
    }

    @Test
    void portraitGivesThePeersBoxExactly() throws Exception {
        Frame frame = Golden.photo("examples/obama.jpg").frame();
        assertThat(cnn.detect(frame, DetectionOptions.LIVE))
                .extracting(FaceDetection::box)
                .containsExactly(new Box(375, 154, 611, 390));
    }

    @ParameterizedTest
    @CsvSource({
        "examples/obama.jpg, 363, 144, 608, 389",
        "tests/test_images/32bit.png, , 259, , 552"
    })
    void upsampledPortraitsGiveThePeersBoxWithin25Pixels(
            String file, Integer left, int top, Integer right, int bottom) throws Exception {
        Frame frame = Golden.photo(file).frame();
        assertThat(cnn.detect(frame, DetectionOptions.PICTURE))
                .singleElement()
                .satisfies(
                        d -> {
                            assertThat(d.box().top()).isCloseTo(top, within(25));
                            assertThat(d.box().bottom()).isCloseTo(bottom, within(25));
                            if (left != null) {
                                assertThat(d.box().left()).isCloseTo(left, within(25));
                                assertThat(d.box().right()).isCloseTo(right, within(25));
                            }
                        });
    }

    @Test
    void minimumFaceSizeLeavesSmallerFacesOut() throws Exception {
        Frame frame = Golden.photo("faces/2008_001009.jpg").frame();
        List<FaceDetection> all = cnn.detect(frame, DetectionOptions.LIVE);
        assertThat(cnn.detect(frame, new DetectionOptions(0, 1000, 0))).isEmpty();
        assertThat(cnn.detect(frame, new DetectionOptions(0, 40, 0))).isEqualTo(all);
    }

    @Test
    void truncatedModelIsRefusedWithDlibsWords() {
        var truncated = ModelJar.mmod("dlib").truncated(100_000);
        assertThatThrownBy(() -> LOADER.load(truncated))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageStartingWith("dlib cannot load it: ")
                .hasMessageMatching("(?s).{30,}");
    }

    @Test
    void modelWithOtherAnswersIsRefused() {
        assertThatThrownBy(() -> LOADER.load(expecting("\"boxes\": [1,2,30,40], \"scores\": [1]")))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("instead of");
        assertThatThrownBy(
                        () ->
                                LOADER.load(
                                        expecting(
                                                "\"boxes\": [-7, -8, 130, 128], \"scores\":"
                                                        + " [1.2]")))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("score");
    }

    @Test
    void modelWithoutSelfTestIsRefused() {
        var bare = ModelJar.mmod("dlib").withoutSelfTest();
        assertThatThrownBy(() -> LOADER.load(bare))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("model/selftest/expected.json");
    }

    @Test
    void closedWhileBusyItFinishesAndLaterCallsAreStale() throws Exception {
        Frame frame = Golden.photo("examples/obama_small.jpg").frame();
        for (int i = 0; i < 5; i++) {
            CnnDetector detector = LOADER.load(ModelJar.mmod("dlib"));
            var started = new CountDownLatch(1);
            CompletableFuture<List<FaceDetection>> busy =
                    CompletableFuture.supplyAsync(
                            () -> {
                                started.countDown();
                                return detector.detect(frame, DetectionOptions.LIVE);
                            });
            started.await();
            Thread.sleep(10L * i); // closes at different moments of the call
            detector.close();
            assertThatThrownBy(() -> detector.detect(frame, DetectionOptions.LIVE))
                    .isInstanceOf(StaleServiceException.class);
            try {
                assertThat(busy.get(30, TimeUnit.SECONDS)).hasSize(1);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(StaleServiceException.class);
            }
        }
    }

    @Test
    void loadingAndClosingLeavesNoMemoryBehind() throws Exception {
        Frame frame = Golden.photo("johns/John_Salley/000179_02159509.jpg").frame();
        long before = 0;
        long rssBefore = 0;
        for (int i = 0; i < 25; i++) {
            try (CnnDetector detector = LOADER.load(ModelJar.mmod("dlib"));
                    var hog = new HogDetector(2)) {
                detector.detect(frame, DetectionOptions.LIVE);
                hog.detect(frame, DetectionOptions.LIVE);
            }
            if (i == 4) {
                before = Pointer.totalBytes();
                rssBefore = Pointer.physicalBytes();
            }
        }
        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
        assertThat(Pointer.physicalBytes() - rssBefore).isLessThan(40L << 20);
    }

    private static ModelJar expecting(String json) {
        return ModelJar.mmod("dlib")
                .expecting(text -> "{\"picture\": \"picture.png\", " + json + "}");
    }
}
