// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.picture.label.FaceLabel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Annotated JPEGs, made when asked for, at most so many per second and camera; all viewers share
 * them. Thread-safe.
 */
final class LivePictures {
    /**
     * A picture as sent.
     *
     * @param tag differs when the picture does
     * @param jpeg the file
     * @param result what it was made of
     */
    record Picture(String tag, byte[] jpeg, FrameResult result, long madeNanos) {}

    /** Wide enough to point at a corner. */
    private static final int STILL_WIDTH = 1280;

    private final int maxWidth;
    private final double quality;
    private final long intervalNanos;
    private final Map<String, Picture> made = new ConcurrentHashMap<>();

    LivePictures(ConsoleConfig config) {
        this.maxWidth = Math.max(160, Math.min(1920, config.maxWidth()));
        this.quality = Math.max(10, Math.min(100, config.qualityPercent())) / 100.0;
        this.intervalNanos = 1_000_000_000L / framesPerSecond(config);
    }

    static int framesPerSecond(ConsoleConfig config) {
        return Math.max(1, Math.min(30, config.framesPerSecond()));
    }

    /** The picture of a result, or the one before when that was made a moment ago. */
    Picture of(FrameResult result, PictureWriter writer) {
        return made.compute(
                result.frame().sourceId(),
                (camera, last) -> {
                    long now = System.nanoTime();
                    boolean fresh =
                            last != null
                                    && (last.result() == result
                                            || now - last.madeNanos() < intervalNanos);
                    return fresh ? last : make(result, writer, now);
                });
    }

    /** The picture of a result without boxes, made each time: it is asked for once in a while. */
    byte[] still(FrameResult result, PictureWriter writer) {
        Frame small = writer.fit(result.frame(), STILL_WIDTH, STILL_WIDTH);
        return writer.encode(small, PictureFormat.JPEG, quality);
    }

    private Picture make(FrameResult result, PictureWriter writer, long now) {
        Frame frame = result.frame();
        Frame small = writer.fit(frame, maxWidth, maxWidth);
        Frame drawn = writer.annotate(small, FaceLabel.of(result, small));
        return new Picture(
                frame.sequence() + "-" + frame.capturedAt().toEpochMilli(),
                writer.encode(drawn, PictureFormat.JPEG, quality),
                result,
                now);
    }
}
