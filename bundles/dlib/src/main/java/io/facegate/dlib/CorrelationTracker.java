// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.BoxTracker;

/**
 * Follows one object from frame to frame (dlib's {@code correlation_tracker}, after Danelljan et
 * al., "Accurate Scale Estimation for Robust Visual Tracking", 2014). Calls from several threads
 * wait for each other; frames must come in their order.
 */
public final class CorrelationTracker extends NativeObject<BoxTracker> {
    public CorrelationTracker() {
        super(new BoxTracker());
    }

    /**
     * Begins, or begins again, to follow what is in the box.
     *
     * @throws DlibException the box lies outside the picture
     * @throws IllegalStateException closed
     */
    public void start(Image image, Rectangle box) {
        callInTurn(
                tracker -> {
                    tracker.start(
                            image.pixels(),
                            image.width(),
                            image.height(),
                            image.stride(),
                            image.format().layout(),
                            box.left(),
                            box.top(),
                            box.right(),
                            box.bottom());
                    return null;
                });
    }

    /**
     * Finds the object in the next frame.
     *
     * @throws DlibException not started, or nothing left to follow: start again
     * @throws IllegalStateException closed
     */
    public TrackedBox update(Image image) {
        return callInTurn(
                tracker -> {
                    double[] box = new double[4];
                    double peakToSideLobe =
                            tracker.update(
                                    image.pixels(),
                                    image.width(),
                                    image.height(),
                                    image.stride(),
                                    image.format().layout(),
                                    box);
                    return new TrackedBox(box[0], box[1], box[2], box[3], peakToSideLobe);
                });
    }
}
