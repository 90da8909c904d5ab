// SPDX-License-Identifier: Apache-2.0
package io.facegate.detector.internal;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.frame.Frame;
import io.facegate.dlib.MmodFaceDetector;
import io.facegate.dlib.call.DlibCall;
import io.facegate.model.loader.MemoryGuard;

import java.util.List;

/** dlib's max-margin CNN face detector. Calls from several threads wait for each other. */
final class CnnDetector implements FaceDetector, AutoCloseable {
    static final String METHOD = "cnn";

    /** Measured: peak memory of a detection by the pixels searched. */
    private static final int BYTES_PER_PIXEL = 180;

    private final MmodFaceDetector dlib;
    private final MemoryGuard memory = new MemoryGuard(METHOD, BYTES_PER_PIXEL);

    /** Takes over {@code dlib}. */
    CnnDetector(MmodFaceDetector dlib) {
        this.dlib = dlib;
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public List<FaceDetection> detect(Frame frame, DetectionOptions options) {
        memory.check(frame, options.upsample());
        return DlibCall.detect(
                METHOD,
                frame,
                image ->
                        dlib
                                .detect(image, options.upsample(), options.thresholdAdjustment())
                                .stream()
                                .filter(d -> d.box().width() >= options.minFace())
                                .toList());
    }

    /** Later calls fail as stale; the last one inside frees the memory. */
    @Override
    public void close() {
        dlib.close();
    }
}
