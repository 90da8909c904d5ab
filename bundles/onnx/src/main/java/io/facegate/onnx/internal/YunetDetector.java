// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * YuNet, a small network. A frame is scaled down to {@value #LONG_SIDE} pixels on its long side,
 * twice that for each upsampling; it is never enlarged more than upsampling says. A box is the
 * square that dlib's HOG detector would give, since the landmarks were trained with those. Any
 * number of threads may call it.
 */
final class YunetDetector implements FaceDetector, AutoCloseable {
    static final String METHOD = "yunet";

    /** Of a frame that is not upsampled. */
    static final int LONG_SIDE = 320;

    /** Least of the network's scores, 0 to 1; it is told as 0, and a score of 1 as 1. */
    static final double THRESHOLD = 0.8;

    // From YuNet's box and five points to dlib's square: least squares on the 150 faces that both
    // find in the reference pictures, HOG at upsample 1.

    /** Side of the square for the side of a square as large as YuNet's box. */
    private static final double SIDE = 0.91;

    /** How far the middle lies from that of YuNet's box towards that of the points. */
    private static final double TO_POINTS_X = 0.8;

    private static final double TO_POINTS_Y = 0.65;

    private final Network network;

    /** Of the frame before: new ones, outside the heap, would wait for the garbage collector. */
    private final AtomicReference<FloatBuffer> spare = new AtomicReference<>();

    /** Takes it over. */
    YunetDetector(Network network) {
        this.network = network;
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public List<FaceDetection> detect(Frame frame, DetectionOptions options) {
        return faces(frame, factor(frame, options.upsample()), threshold(options)).stream()
                .flatMap(face -> detection(face, frame).stream())
                .filter(face -> face.box().width() >= options.minFace())
                .toList();
    }

    /**
     * What the network finds, in pixels of the frame.
     *
     * @param factor by which the frame is scaled before
     * @param threshold least of the network's scores
     */
    List<YunetFace> faces(Frame frame, double factor, double threshold) {
        var picture = YunetPicture.of(frame, factor, Optional.ofNullable(spare.getAndSet(null)));
        try {
            List<float[]> outputs =
                    network.run(
                            YunetFace.OUTPUTS,
                            picture.planes(),
                            1,
                            3,
                            picture.rows(),
                            picture.columns());
            spare.set(picture.planes());
            return YunetFace.of(outputs, picture.rows(), picture.columns(), threshold).stream()
                    .map(face -> face.scaled(picture.scaleX(), picture.scaleY()))
                    .toList();
        } catch (InferenceException e) {
            throw new IllegalStateException(
                    "detector " + METHOD + " failed on " + frame + ": " + e.getMessage(), e);
        }
    }

    private static double factor(Frame frame, int upsample) {
        double doubled = 1 << upsample;
        return doubled * Math.min(1, (double) LONG_SIDE / Math.max(frame.width(), frame.height()));
    }

    private static double threshold(DetectionOptions options) {
        return THRESHOLD + options.thresholdAdjustment() * (1 - THRESHOLD);
    }

    private static Optional<FaceDetection> detection(YunetFace face, Frame frame) {
        double middleX = face.left() + face.width() / 2;
        double middleY = face.top() + face.height() / 2;
        double x = middleX + TO_POINTS_X * (face.middle(0) - middleX);
        double y = middleY + TO_POINTS_Y * (face.middle(1) - middleY);
        double half = SIDE / 2 * Math.sqrt(face.width() * face.height());
        int left = (int) Math.round(x - half);
        int top = (int) Math.round(y - half);
        int side = (int) Math.round(2 * half);
        return Box.trimmed(left, top, left + side, top + side, frame.width(), frame.height())
                .map(box -> new FaceDetection(box, (face.score() - THRESHOLD) / (1 - THRESHOLD)));
    }

    /** Later calls fail as stale; the last one inside frees the memory. */
    @Override
    public void close() {
        network.close();
    }
}
