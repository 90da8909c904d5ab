// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Many calls leave the native memory as it was. */
class LeakTest {
    private static final long PAGE = 4096;

    /** What the heap, the JIT compiler and malloc's arenas may take meanwhile. */
    private static final long ALLOWED_GROWTH = 24L << 20;

    private final Image image = Reference.photo("peer/examples/obama_small.jpg");

    @Test
    void callsLeaveNothingBehind() throws IOException {
        assertNoGrowth(10, 60, this::detectAndEncode);
    }

    @Test
    void closedObjectsLeaveNothingBehind() throws IOException {
        byte[] resnet = Files.readAllBytes(Reference.model(Models.RESNET));
        byte[] mmod = Files.readAllBytes(Reference.model(Models.MMOD));
        byte[] landmarks = Files.readAllBytes(Reference.model(Models.LANDMARKS));
        assertNoGrowth(
                3,
                12,
                () -> {
                    ResNetFaceEncoder.load(resnet).close();
                    MmodFaceDetector.load(mmod).close();
                    ShapePredictor.load(landmarks).close();
                    new HogFaceDetector(2).close();
                    new CorrelationTracker().close();
                });
    }

    @Test
    void failedCallsLeaveNothingBehind() throws IOException {
        byte[] resnet = Files.readAllBytes(Reference.model(Models.RESNET));
        byte[] half = Arrays.copyOf(resnet, resnet.length / 2);
        assertNoGrowth(
                3,
                15,
                () -> {
                    try {
                        ResNetFaceEncoder.load(half).close();
                    } catch (DlibException expected) {
                        assertThat(expected).message().isNotBlank();
                    }
                });
    }

    private void detectAndEncode() {
        HogOptions options = HogOptions.DEFAULT.withUpsample(1);
        List<Rectangle> boxes =
                Models.hog().detect(image, options).stream().map(Detection::box).toList();
        List<byte[]> chips = FaceChips.extract(image, Models.predictor().predict(image, boxes));
        Models.encoder().encode(chips);
        Models.mmod().detect(image, 0, 0);
        try (CorrelationTracker tracker = new CorrelationTracker()) {
            tracker.start(image, boxes.get(0));
            tracker.update(image);
        }
    }

    private static void assertNoGrowth(int warmUp, int times, Runnable calls) throws IOException {
        for (int i = 0; i < warmUp; i++) {
            calls.run();
        }
        long pointers = Pointer.totalBytes();
        System.gc();
        long resident = residentBytes();
        for (int i = 0; i < times; i++) {
            calls.run();
        }
        System.gc();
        assertThat(residentBytes() - resident).isLessThan(ALLOWED_GROWTH);
        assertThat(Pointer.totalBytes()).isEqualTo(pointers);
    }

    private static long residentBytes() throws IOException {
        String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
        return Long.parseLong(pages[1]) * PAGE;
    }
}
