// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;
import io.facegate.api.status.StaleServiceException;
import io.facegate.dlib.MmodFaceDetector;
import io.facegate.dlib.call.DlibCall;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.onnx.converter.Converter;
import io.facegate.onnx.converter.Storage;
import io.facegate.testing.Golden;
import io.facegate.testing.ModelJar;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** MMOD's boxes, their order and scores, against the reference. */
class OnnxDetectorTest {
    @TempDir static Path cache;
    private static CnnLoader loader;
    private static FaceDetector cnn;

    @BeforeAll
    static void load() throws Exception {
        loader = new CnnLoader(new Networks(cache, 2));
        cnn = loader.load(ModelJar.mmod("onnx"));
    }

    @AfterAll
    static void close() {
        ((CnnDetector) cnn).close();
    }

    static Stream<Golden.Photo> photos() throws IOException {
        return Golden.photos();
    }

    @Test
    void modelInTheBundleIsWhatTheConverterMakesNow() throws Exception {
        assertThat(Converter.mmod(ModelJar.mmod("dlib").read(), Storage.FP32))
                .isEqualTo(ModelJar.mmod("onnx").read());
    }

    @ParameterizedTest
    @MethodSource("photos")
    void boxesAndTheirOrderAreThoseOfTheReference(Golden.Photo photo) throws Exception {
        Frame frame = photo.frame("cnn_up0");
        List<FaceDetection> found = cnn.detect(frame, DetectionOptions.LIVE);
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
    void greyAndUpsampledPicturesGiveDlibsOwnBoxes() throws Exception {
        Frame frame = Golden.photo("examples/obama_small.jpg").frame();
        byte[] grey = new byte[frame.width() * frame.height()];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = frame.pixels()[3 * i + 1];
        }
        var greyFrame =
                new Frame(
                        "grey",
                        0,
                        frame.capturedAt(),
                        PixelFormat.GRAY8,
                        frame.width(),
                        frame.height(),
                        frame.width(),
                        grey);
        byte[] dat = ModelJar.mmod("dlib").read();
        try (var dlib = MmodFaceDetector.load(dat)) {
            for (Frame picture : List.of(frame, greyFrame)) {
                for (int upsample = 0; upsample < 2; upsample++) {
                    int times = upsample;
                    List<FaceDetection> expected =
                            DlibCall.detect(
                                    "cnn", picture, image -> dlib.detect(image, times, -0.5));
                    List<FaceDetection> found =
                            cnn.detect(picture, new DetectionOptions(upsample, 0, -0.5));
                    assertThat(found)
                            .extracting(FaceDetection::box)
                            .isEqualTo(expected.stream().map(FaceDetection::box).toList())
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void minimumFaceSizeLeavesSmallerFacesOut() throws Exception {
        Frame frame = Golden.photo("faces/2008_001009.jpg").frame();
        List<FaceDetection> all = cnn.detect(frame, DetectionOptions.LIVE);
        assertThat(cnn.detect(frame, new DetectionOptions(0, 1000, 0))).isEmpty();
        assertThat(cnn.detect(frame, new DetectionOptions(0, 40, 0))).isEqualTo(all);
    }

    @Test
    void damagedModelsAreRefused() {
        for (int length : new int[] {0, 100, 500_000}) {
            var damaged = ModelJar.mmod("onnx").changed(onnx -> Arrays.copyOf(onnx, length));
            assertThatThrownBy(() -> loader.load(damaged))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageMatching("(?s)ONNX Runtime cannot load it: .{10,}");
        }
    }

    @Test
    void modelWithoutWhatADetectorNeedsIsRefused() {
        var bare =
                ModelJar.mmod("onnx")
                        .changed(onnx -> replaced(onnx, "facegate.cell", "facegate.cill"));
        assertThatThrownBy(() -> loader.load(bare))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("its metadata facegate.cell is \"\"");
    }

    @Test
    void modelWithOtherAnswersIsRefused() {
        var other = ModelJar.mmod("onnx").expecting(text -> text.replace("[-7,", "[7,"));
        assertThatThrownBy(() -> loader.load(other))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("instead of");
    }

    @Test
    void closedDetectorIsStale() throws Exception {
        CnnDetector closed = loader.load(ModelJar.mmod("onnx"));
        Frame frame = Golden.photo("examples/obama_small.jpg").frame();
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.detect(frame, DetectionOptions.LIVE))
                .isInstanceOf(StaleServiceException.class);
    }

    @Test
    void loadingAndClosingLeavesNoMemoryBehind() throws Exception {
        Frame frame = Golden.photo("johns/John_Salley/000179_02159509.jpg").frame();
        long before = 0;
        long residentBefore = 0;
        for (int i = 0; i < 25; i++) {
            try (CnnDetector detector = loader.load(ModelJar.mmod("onnx"))) {
                detector.detect(frame, DetectionOptions.LIVE);
            }
            System.gc(); // what is measured is native memory, not garbage
            if (i == 4) {
                before = Pointer.totalBytes();
                residentBefore = Pointer.physicalBytes();
            }
        }
        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
        assertThat(Pointer.physicalBytes() - residentBefore).isLessThan(40L << 20);
    }

    private static byte[] replaced(byte[] bytes, String from, String to) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
}
