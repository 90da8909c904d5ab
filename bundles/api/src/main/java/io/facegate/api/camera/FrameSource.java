// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import io.facegate.api.frame.Frame;

import org.osgi.annotation.versioning.ProviderType;

import java.util.Optional;

/**
 * Frames pulled one after the other from an open file, folder, stream or device. For one thread;
 * {@link #close()} may come from another and makes a blocked {@link #next()} return or throw.
 */
@ProviderType
public interface FrameSource extends AutoCloseable {
    /**
     * The next frame, decoded as fast as asked for (a live source blocks until it has one).
     *
     * @return a new {@code RGB24} frame of square pixels; empty at the end
     * @throws FrameSourceException the source broke
     */
    Optional<Frame> next() throws FrameSourceException;

    /** Frames per second the source says it has; 0 when it does not say. */
    double framesPerSecond();

    /** Frames the source says it has (trimmed videos hold fewer); 0 when unknown (live). */
    long frameCount();

    /** Time of the last frame from the start of the source, in milliseconds. */
    long positionMillis();

    /** The same in microseconds, as exact as the source knows it. */
    default long positionMicros() {
        return 1000 * positionMillis();
    }

    @Override
    void close();
}
