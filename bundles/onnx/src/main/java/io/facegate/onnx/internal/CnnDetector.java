// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.frame.Frame;
import io.facegate.dlib.MmodSearch;
import io.facegate.dlib.MmodSearch.Scores;
import io.facegate.dlib.call.DlibCall;
import io.facegate.model.loader.MemoryGuard;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * dlib's max-margin CNN face detector with its network in ONNX Runtime. Calls from several threads
 * wait for each other.
 */
final class CnnDetector implements FaceDetector, AutoCloseable {
    static final String METHOD = "cnn";

    /** Measured: peak memory of a detection by the pixels searched. */
    private static final int BYTES_PER_PIXEL = 260;

    private final MmodSearch search;
    private final Network network;
    private final MemoryGuard memory = new MemoryGuard(METHOD, BYTES_PER_PIXEL);

    /** Takes over both. */
    CnnDetector(MmodSearch search, Network network) {
        this.search = search;
        this.network = network;
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public List<FaceDetection> detect(Frame frame, DetectionOptions options) {
        memory.check(frame, options.upsample());
        try {
            return DlibCall.detect(
                    METHOD,
                    frame,
                    image ->
                            search
                                    .detect(
                                            image,
                                            options.upsample(),
                                            options.thresholdAdjustment(),
                                            this::scores)
                                    .stream()
                                    .filter(d -> d.box().width() >= options.minFace())
                                    .toList());
        } catch (InferenceException e) {
            throw new IllegalStateException(
                    "detector " + METHOD + " failed on " + frame + ": " + e.getMessage(), e);
        }
    }

    private Scores scores(FloatBuffer planes, int rows, int columns) {
        Network.Output output = network.run(planes, 1, 3, rows, columns);
        return new Scores(output.values(), (int) output.shape()[2], (int) output.shape()[3]);
    }

    /** Later calls fail as stale; the last one inside frees the memory. */
    @Override
    public void close() {
        search.close();
        network.close();
    }
}
