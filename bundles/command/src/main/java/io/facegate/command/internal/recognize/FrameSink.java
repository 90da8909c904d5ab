// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.recognition.FrameResult;

import java.io.IOException;

/** Whoever gets the frames of a source with what was recognised in them, one after the other. */
interface FrameSink extends AutoCloseable {
    /** The source is open; before its first frame. */
    void begin(FrameSource source) throws IOException;

    /**
     * The next frame, in order; one that could not be recognised has no faces.
     *
     * @param micros its time in the source, in microseconds
     * @return whether to go on
     */
    boolean take(FrameResult result, long micros) throws IOException;

    /** There are no more frames, whether all of the source came or not. */
    void finish() throws IOException;

    /** Frees everything; may be called again. */
    @Override
    void close();
}
