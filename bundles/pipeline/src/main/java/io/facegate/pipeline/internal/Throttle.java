// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.load.LoadLimit;
import io.facegate.api.load.LoadLimit.Step;
import io.facegate.api.recognition.RecognitionOptions;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What live recognition does less of while the machine is to be spared. Thread-safe. */
final class Throttle {
    private static final int SMALL_WIDTH = 640;
    private static final long LONGEST_REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LONG_REST = 3;

    private final RecognitionOptions options;
    private final int processingWidth;
    private final Supplier<LoadLimit> limit;

    /**
     * @param settings what is done when nothing is limited
     * @param limit asked for each frame
     */
    Throttle(Settings settings, Supplier<LoadLimit> limit) {
        this.options = settings.recognition();
        this.processingWidth = settings.processingWidth();
        this.limit = limit;
    }

    /** How faces are recognised in the next frame. */
    RecognitionOptions options() {
        LoadLimit now = limit.get();
        if (!now.has(Step.SIZE)) {
            return options;
        }
        DetectionOptions detection = options.detection();
        boolean simpler = now.has(Step.METHOD) && options.detectionMethod().equals("cnn");
        return new RecognitionOptions(
                simpler ? "hog" : options.detectionMethod(),
                new DetectionOptions(
                        0, detection.minFace(), detection.thresholdAdjustment(), detection.grey()),
                options.strategy(),
                options.tolerances(),
                options.k());
    }

    /** Width at which faces are looked for in the next frame; 0 = its own. */
    int processingWidth() {
        boolean wide = processingWidth == 0 || processingWidth > SMALL_WIDTH;
        return wide && limit.get().has(Step.SIZE) ? SMALL_WIDTH : processingWidth;
    }

    /**
     * How long to rest after a frame, in nanoseconds; a second at most, so that the end is noticed.
     *
     * @param took what the frame took, in nanoseconds
     */
    long restNanos(long took) {
        LoadLimit now = limit.get();
        if (!now.has(Step.RATE)) {
            return 0;
        }
        return Math.min(LONGEST_REST_NANOS, now.has(Step.METHOD) ? LONG_REST * took : took);
    }
}
