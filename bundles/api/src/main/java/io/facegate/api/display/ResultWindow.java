// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.display;

import io.facegate.api.recognition.FrameResult;

import org.osgi.annotation.versioning.ProviderType;

import java.time.Duration;

/** A window that shows what was recognised. Thread-safe. */
@ProviderType
public interface ResultWindow extends AutoCloseable {
    /**
     * Shows a picture with boxes, names and distances, as large as the window allows, until the
     * next one; draws it on the caller's thread. Does nothing once the window is closed.
     */
    void show(FrameResult result);

    /**
     * Waits until the user asks for the next picture (a key or a click), or closes the window (its
     * button, q or Escape), or the time is over. What was asked for since the last picture was
     * shown counts, once.
     *
     * @throws InterruptedException while waiting
     */
    WindowAnswer await(Duration longest) throws InterruptedException;

    /** Whether the user or {@link #close()} closed it. */
    boolean closed();

    /** Closes the window; may be called again. */
    @Override
    void close();
}
