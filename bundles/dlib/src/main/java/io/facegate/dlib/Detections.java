// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.DlibNative;

import java.util.ArrayList;
import java.util.List;

/** Turns the facade's detections into values. */
final class Detections {
    static final int VALUES = DlibNative.DETECTION_VALUES;
    private static final int USUAL_CAPACITY = 256;

    private Detections() {}

    /**
     * A native detector: writes up to {@code capacity} detections and returns how many there are.
     */
    @FunctionalInterface
    interface Detector {
        int detect(double[] values, int capacity);
    }

    static List<Detection> of(Detector detector) {
        double[] values = new double[VALUES * USUAL_CAPACITY];
        int count = detector.detect(values, USUAL_CAPACITY);
        if (count > USUAL_CAPACITY) {
            values = new double[VALUES * count];
            count = detector.detect(values, count);
        }
        return of(values, count);
    }

    /** The first {@code count} detections. */
    static List<Detection> of(double[] values, int count) {
        List<Detection> detections = new ArrayList<>(count);
        for (int at = 0; at < VALUES * count; at += VALUES) {
            Rectangle box =
                    new Rectangle(
                            (int) values[at],
                            (int) values[at + 1],
                            (int) values[at + 2],
                            (int) values[at + 3]);
            detections.add(new Detection(box, values[at + 4], (int) values[at + 5]));
        }
        return List.copyOf(detections);
    }

    static void checkOptions(int upsample, double adjustThreshold) {
        if (upsample < 0 || upsample > 2) {
            throw new IllegalArgumentException("upsample is 0, 1 or 2, not " + upsample);
        }
        if (!Double.isFinite(adjustThreshold)) {
            throw new IllegalArgumentException("adjustThreshold is " + adjustThreshold);
        }
    }
}
