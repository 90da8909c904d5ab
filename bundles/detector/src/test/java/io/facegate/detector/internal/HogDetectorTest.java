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
import io.facegate.api.frame.PixelFormat;
import io.facegate.api.status.StaleServiceException;
import io.facegate.testing.Golden;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

class HogDetectorTest {
    private static final HogDetector HOG = new HogDetector(2);

    @AfterAll
    static void close() {
        HOG.close();
    }

    static Stream<Golden.Photo> photos() throws IOException {
        return Golden.photos();
    }

    @ParameterizedTest
    @MethodSource("photos")
    void boxesAndScoresAreThoseOfTheReference(Golden.Photo photo) throws Exception {
        Frame frame = photo.frame();
        double bound = photo.isExact(frame) ? 1e-6 : 1e-2;
        for (int upsample = 0; upsample <= 1; upsample++) {
            List<FaceDetection> found = HOG.detect(frame, new DetectionOptions(upsample, 0, 0));
            List<JsonObject> expected = photo.faces("hog_up" + upsample);
            assertThat(found)
                    .extracting(FaceDetection::box)
                    .isEqualTo(expected.stream().map(Golden::box).toList());
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i).score())
                        .isCloseTo(expected.get(i).get("score").getAsDouble(), within(bound));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "examples/obama.jpg, 349, 142, 617, 409",
        "tests/test_images/obama_partial_face.jpg, 0, 142, 191, 365",
        "tests/test_images/obama_partial_face2.jpg, 349, 142, 551, 409"
    })
    void facesAtTheEdgeAreTrimmedAsByThePeer(String file, int left, int top, int right, int bottom)
            throws Exception {
        assertThat(HOG.detect(Golden.photo(file).frame(), DetectionOptions.PICTURE))
                .extracting(FaceDetection::box)
                .containsExactly(new Box(left, top, right, bottom));
    }

    @Test
    void pictureWithAlphaGivesThePeersBox() throws Exception {
        Frame frame = Golden.photo("tests/test_images/32bit.png").frame();
        assertThat(HOG.detect(frame, DetectionOptions.PICTURE))
                .singleElement()
                .satisfies(
                        d -> {
                            assertThat(d.box().top()).isEqualTo(290);
                            assertThat(d.box().bottom()).isEqualTo(558);
                        });
    }

    @Test
    void otherLayoutsOfTheSamePixelsGiveTheSameBoxes() throws Exception {
        Frame rgb = Golden.photo("faces/2008_001009.jpg").frame();
        int w = rgb.width();
        int h = rgb.height();
        int stride = 3 * w + 5;
        byte[] bgr = new byte[stride * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                for (int c = 0; c < 3; c++) {
                    bgr[y * stride + 3 * x + c] = rgb.pixels()[3 * (y * w + x) + 2 - c];
                }
            }
        }
        var frame = new Frame("bgr", 0, Instant.EPOCH, PixelFormat.BGR24, w, h, stride, bgr);
        assertThat(HOG.detect(frame, DetectionOptions.LIVE))
                .isNotEmpty()
                .isEqualTo(HOG.detect(rgb, DetectionOptions.LIVE));
    }

    @Test
    void minimumFaceSizeLeavesSmallerFacesOut() throws Exception {
        Frame frame = Golden.photo("faces/bald_guys.jpg").frame();
        var options = new DetectionOptions(0, 150, 0);
        assertThat(HOG.detect(frame, options))
                .isNotEmpty()
                .allSatisfy(d -> assertThat(d.box().width()).isGreaterThanOrEqualTo(149));
    }

    @Test
    void closedWhileBusyItFinishesAndLaterCallsAreStale() throws Exception {
        Frame frame = Golden.photo("faces/bald_guys.jpg").frame();
        for (int i = 0; i < 5; i++) {
            var detector = new HogDetector(2);
            var started = new CountDownLatch(1);
            CompletableFuture<List<FaceDetection>> busy =
                    CompletableFuture.supplyAsync(
                            () -> {
                                started.countDown();
                                return detector.detect(frame, DetectionOptions.LIVE);
                            });
            started.await();
            Thread.sleep(20L * i); // closes at different moments of the call
            detector.close();
            assertThatThrownBy(() -> detector.detect(frame, DetectionOptions.LIVE))
                    .isInstanceOf(StaleServiceException.class);
            try {
                assertThat(busy.get(30, TimeUnit.SECONDS)).hasSize(24);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(StaleServiceException.class);
            }
        }
    }
}
