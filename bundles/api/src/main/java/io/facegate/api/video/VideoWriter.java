// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.video;

import io.facegate.api.frame.Frame;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A video being written, without sound. For one thread at a time; blocks while it encodes and
 * writes.
 */
@ProviderType
public interface VideoWriter extends AutoCloseable {
    /**
     * Appends a frame.
     *
     * @param frame in any pixel format; one of another size is scaled to that of the video
     * @param timeMicros when it is shown, in microseconds from the start of the video; one not
     *     after the frame before it is moved to the next moment the file can tell apart
     * @throws VideoException it cannot be written, such as on a full disk
     * @throws io.facegate.api.status.StaleServiceException after the end
     */
    void write(Frame frame, long timeMicros) throws VideoException;

    /**
     * Completes the file and puts it in its place, over what is there; then it can be played. Does
     * nothing when called again.
     *
     * @throws VideoException it cannot be completed, or no frame was written; nothing is left
     */
    void finish() throws VideoException;

    /** Frees everything; a video that is not finished is removed. May be called again. */
    @Override
    void close();
}
