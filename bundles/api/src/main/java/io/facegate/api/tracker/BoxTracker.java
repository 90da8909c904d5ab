// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.tracker;

import io.facegate.api.frame.Frame;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.Optional;

/**
 * Follows one object through the frames of one stream, given in their order; frames may be left
 * out. It knows what the object looks like, not what it is: only a detector can tell that a face is
 * still a face, and only an encoder whose. For one thread at a time.
 */
@ConsumerType
public interface BoxTracker extends AutoCloseable {
    /**
     * Finds the object in the next frame, near where it was before.
     *
     * @param frame of the size of the frame before
     * @return where it is; empty when nothing of it can be followed any more, also ever after
     * @throws io.facegate.api.status.StaleServiceException this tracker or its service was closed
     */
    Optional<TrackedBox> update(Frame frame);

    /** Frees its memory. Does nothing the second time. */
    @Override
    void close();
}
