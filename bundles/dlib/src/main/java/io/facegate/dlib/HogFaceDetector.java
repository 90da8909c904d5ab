// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.HogDetector;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * dlib's frontal face detector ({@code get_frontal_face_detector}): HOG features over an image
 * pyramid, five linear filters. Boxes and scores are those of dlib's own scan, bit for bit,
 * whatever the number of threads. May be called from several threads at once.
 */
public final class HogFaceDetector extends NativeObject<HogDetector> {
    private final int threads;
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * @param threads how many threads share the work, at least 1: all of them one picture when
     *     there is one call, each a picture of its own when there are as many calls
     */
    public HogFaceDetector(int threads) {
        super(new HogDetector());
        if (threads < 1) {
            close();
            throw new IllegalArgumentException("threads is 1 or more, not " + threads);
        }
        this.threads = threads;
    }

    /**
     * Finds faces; blocks while it computes. The garbage collector may have to wait while the
     * pixels are read, some milliseconds for a large picture, but not for the search.
     *
     * @param image any format; grey is faster, with other scores
     * @return best score first
     * @throws DlibException dlib failed, for instance for want of memory
     * @throws IllegalStateException closed
     */
    public List<Detection> detect(Image image, HogOptions options) {
        return call(
                detector -> {
                    int sharing = calls.incrementAndGet();
                    try {
                        return search(detector, image, options, Math.max(1, threads / sharing));
                    } finally {
                        calls.decrementAndGet();
                    }
                });
    }

    /** What dlib's own code finds, slowly: the measure of {@link #detect}. */
    List<Detection> detectByDlib(Image image, HogOptions options) {
        return call(detector -> search(detector, image, options, 0));
    }

    private static List<Detection> search(
            HogDetector detector, Image image, HogOptions options, int threads) {
        int layout = image.format().layout();
        int slot = detector.reserve(image.width(), image.height(), layout, options.grey());
        try {
            detector.fill(slot, image.pixels(), image.stride());
            int count =
                    detector.search(
                            slot,
                            options.upsample(),
                            options.adjustThreshold(),
                            options.minFace(),
                            threads);
            double[] values = new double[count * Detections.VALUES];
            detector.results(slot, values);
            return Detections.of(values, count);
        } finally {
            detector.release(slot);
        }
    }
}
