// SPDX-License-Identifier: Apache-2.0
package io.facegate.detector.internal;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.frame.Frame;
import io.facegate.dlib.HogFaceDetector;
import io.facegate.dlib.HogOptions;
import io.facegate.dlib.call.DlibCall;
import io.facegate.model.loader.MemoryGuard;

import java.util.List;

/** dlib's frontal face detector, whose weights are part of dlib. */
final class HogDetector implements FaceDetector, AutoCloseable {
    static final String METHOD = "hog";

    /** Measured: peak memory of a detection by the pixels searched. */
    private static final int BYTES_PER_PIXEL = 16;

    private final HogFaceDetector dlib;
    private final MemoryGuard memory = new MemoryGuard(METHOD, BYTES_PER_PIXEL);

    /**
     * @param threads that share one picture, at least 1
     */
    HogDetector(int threads) {
        dlib = new HogFaceDetector(threads);
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public List<FaceDetection> detect(Frame frame, DetectionOptions options) {
        memory.check(frame, options.upsample());
        var hog =
                new HogOptions(
                        options.upsample(),
                        options.thresholdAdjustment(),
                        options.minFace(),
                        options.grey());
        return DlibCall.detect(METHOD, frame, image -> dlib.detect(image, hog));
    }

    /** Later calls fail as stale; the last one inside frees the memory. */
    @Override
    public void close() {
        dlib.close();
    }
}
