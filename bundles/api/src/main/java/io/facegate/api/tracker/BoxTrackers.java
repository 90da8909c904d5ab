// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.tracker;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes trackers, much cheaper than a detector, that follow what a detector found through the
 * frames after it. Thread-safe; {@link #follow} blocks for as long as it computes (about a
 * millisecond).
 */
@ConsumerType
public interface BoxTrackers {
    /**
     * Begins to follow what is in a box.
     *
     * @param frame any pixel format; it is not kept
     * @param box in pixels of the frame, and inside it at least in part
     * @return a tracker of the caller's own, to be closed by the caller; it outlives nothing: when
     *     this service is closed its trackers are stale
     * @throws IllegalArgumentException nothing of the box is inside the frame
     * @throws io.facegate.api.status.StaleServiceException the service was closed
     */
    BoxTracker follow(Frame frame, Box box);
}
