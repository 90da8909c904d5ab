// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.frame;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service: every camera offers each of its frames to every registered listener.
 *
 * <p>Called on the camera's capture thread, so it must return at once (microseconds): keep the
 * frame or drop it, never work on it. Exceptions are logged by the camera and do not stop it.
 */
@ConsumerType
public interface FrameListener {
    /** A frame was captured. {@link Frame#sourceId()} is the camera's id. */
    void onFrame(Frame frame);
}
