// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Whatever is wrong ends in an exception that says what, and never ends the process. */
class ErrorTest {
    private static final Image BLACK = new Image(new byte[300], 10, 10, PixelFormat.RGB24);

    /** An assumption that fails within an assertion would count as a failure. */
    @BeforeAll
    static void requireReferenceData() {
        Reference.directory();
    }

    @Test
    void missingFileIsNamed() {
        Path missing = Path.of("no-such-model.dat");
        assertDlib(() -> ShapePredictor.load(missing), "Unable to open no-such-model.dat");
        assertDlib(() -> MmodFaceDetector.load(missing), "Unable to open no-such-model.dat");
        assertDlib(() -> ResNetFaceEncoder.load(missing), "Unable to open no-such-model.dat");
    }

    @Test
    void emptyModelIsRefused() {
        assertDlib(() -> ShapePredictor.load(new byte[0]), "The model is empty");
        assertDlib(() -> MmodFaceDetector.load(new byte[0]), "The model is empty");
        assertDlib(() -> ResNetFaceEncoder.load(new byte[0]), "The model is empty");
        assertThatNullPointerException().isThrownBy(() -> ShapePredictor.load((byte[]) null));
    }

    @Test
    void modelOfAnotherKindIsRefused() throws IOException {
        byte[] resnet = Files.readAllBytes(Reference.model(Models.RESNET));
        byte[] mmod = Files.readAllBytes(Reference.model(Models.MMOD));
        byte[] landmarks = Files.readAllBytes(Reference.model(Models.LANDMARKS));
        assertDlib(() -> ShapePredictor.load(resnet), "dlib::matrix");
        assertDlib(() -> ShapePredictor.load(mmod), "");
        assertDlib(() -> MmodFaceDetector.load(resnet), "");
        assertDlib(() -> MmodFaceDetector.load(landmarks), "");
        assertDlib(() -> ResNetFaceEncoder.load(mmod), "");
        assertDlib(() -> ResNetFaceEncoder.load(landmarks), "");
        assertDlib(() -> ResNetFaceEncoder.load(Reference.model(Models.MMOD)), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {Models.RESNET, Models.MMOD, Models.LANDMARKS})
    void truncatedOrExtendedModelIsRefused(String name) throws IOException {
        byte[] model = Files.readAllBytes(Reference.model(name));
        for (int length : new int[] {1, 10, 1000, model.length / 2, model.length - 1}) {
            assertDlib(() -> loader(name).apply(Arrays.copyOf(model, length)), "");
        }
        byte[] extended = Arrays.copyOf(model, model.length + 1);
        assertDlib(() -> loader(name).apply(extended), "bytes that do not belong to it");
    }

    /** Damage in the weights cannot be seen; damage in the structure must not crash. */
    @ParameterizedTest
    @ValueSource(strings = {Models.RESNET, Models.MMOD, Models.LANDMARKS})
    void damagedModelNeverCrashes(String name) throws IOException {
        byte[] model = Files.readAllBytes(Reference.model(name));
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            byte[] damaged = model.clone();
            damaged[random.nextInt(200)] ^= (byte) (1 << random.nextInt(8));
            try {
                loader(name).apply(damaged).close();
            } catch (DlibException e) {
                assertThat(e).message().isNotBlank();
            }
        }
    }

    @Test
    void impossiblePictureIsRefused() {
        byte[] pixels = new byte[300];
        assertThatNullPointerException()
                .isThrownBy(() -> new Image(null, 10, 10, PixelFormat.RGB24))
                .withMessage("pixels");
        assertThatNullPointerException()
                .isThrownBy(() -> new Image(pixels, 10, 10, 30, null))
                .withMessage("format");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Image(pixels, 0, 10, PixelFormat.RGB24))
                .withMessage("no picture: 0 x 10 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Image(pixels, 10, 10, 29, PixelFormat.RGB24))
                .withMessage("stride 29 is less than a row of 30 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Image(pixels, 10, 11, 30, PixelFormat.RGB24))
                .withMessage("300 bytes of pixels, 330 needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Image(pixels, 100_000, 100_000, 300_000, PixelFormat.BGR24))
                .withMessageContaining("needed");
    }

    @Test
    void nullPictureIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> Models.hog().detect(null, HogOptions.DEFAULT));
        assertThatNullPointerException().isThrownBy(() -> Models.mmod().detect(null, 0, 0));
        assertThatNullPointerException()
                .isThrownBy(() -> Models.predictor().predict(null, faces()));
    }

    @Test
    void landmarksThatAreNoFaceAreRefused() {
        List<Point> same = Collections.nCopies(5, new Point(3, 3));
        assertDlib(() -> FaceChips.extract(BLACK, List.of(same)), "span no face");
        List<Point> four = Collections.nCopies(4, new Point(3, 3));
        assertDlib(() -> FaceChips.extract(BLACK, List.of(four)), "5 or 68 landmarks, not 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaceChips.extract(BLACK, List.of(same, four)))
                .withMessage("faces of 5 and of 4 landmarks");
    }

    @Test
    void facesFarOutsideThePictureGiveBlackChips() {
        Rectangle far = new Rectangle(1_000_000, -2_000_000, 1_000_100, -1_999_900);
        List<List<Point>> landmarks = Models.predictor().predict(BLACK, List.of(far));
        assertThat(FaceChips.extract(BLACK, landmarks)).containsExactly(new byte[FaceChips.BYTES]);
    }

    @Test
    void chipOfAnotherSizeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Models.encoder().encode(List.of(new byte[100])))
                .withMessage("a chip has 67500 bytes, not 100");
    }

    @Test
    void callAfterCloseIsRefused() {
        HogFaceDetector detector = new HogFaceDetector(1);
        detector.close();
        detector.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> detector.detect(BLACK, HogOptions.DEFAULT))
                .withMessage("HogFaceDetector is closed");
    }

    private static List<Rectangle> faces() {
        return List.of(new Rectangle(0, 0, 9, 9));
    }

    private static Function<byte[], NativeObject<?>> loader(String name) {
        return switch (name) {
            case Models.RESNET -> ResNetFaceEncoder::load;
            case Models.MMOD -> MmodFaceDetector::load;
            default -> ShapePredictor::load;
        };
    }

    private static void assertDlib(ThrowingCallable call, String message) {
        assertThatExceptionOfType(DlibException.class)
                .isThrownBy(call)
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e).message().isNotBlank());
    }
}
