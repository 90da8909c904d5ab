// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.BoxTracker;

/**
 * Follows one object from frame to frame (dlib's {@code correlation_tracker}, after Danelljan et
 * al., "Accurate Scale Estimation for Robust Visual Tracking", 2014). Calls from several threads
 * wait for each other; frames must come in their order.
 */
public final class CorrelationTracker extends NativeObject<BoxTracker> {
    private TrackedBox last = new TrackedBox(0, 0, 0, 0, 0);

    /** dlib's own defaults: filter size 6, scale levels 5. */
    public CorrelationTracker() {
        this(6, 5);
    }

    /**
     * A tracker of another resolution: smaller is faster and less exact.
     *
     * @param filterSize the object and its surroundings (1.4 times the box) are looked at as a
     *     square of 2^filterSize pixels, 4 to 8
     * @param scaleLevels its size is looked for among 2^scaleLevels steps of 2 %, 2 to 6
     * @throws DlibException another number
     */
    public CorrelationTracker(int filterSize, int scaleLevels) {
        super(DlibException.translate(() -> new BoxTracker(filterSize, scaleLevels)));
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
                    last = new TrackedBox(box.left(), box.top(), box.right(), box.bottom(), 0);
                    return null;
                });
    }

    /**
     * Finds the object in the next frame, near where it was.
     *
     * @throws DlibException not started, or nothing left to follow: start again
     * @throws IllegalStateException closed
     */
    public TrackedBox update(Image image) {
        return callInTurn(tracker -> update(tracker, image, last));
    }

    /**
     * Finds the object in a picture that shows another part of the scene than the one before, or in
     * another size.
     *
     * @param guess where to look for it, in pixels of this picture; its ratio is of no meaning
     * @throws DlibException not started, or nothing left to follow: start again
     * @throws IllegalStateException closed
     */
    public TrackedBox update(Image image, TrackedBox guess) {
        return callInTurn(tracker -> update(tracker, image, guess));
    }

    private TrackedBox update(BoxTracker tracker, Image image, TrackedBox guess) {
        double[] box = {guess.left(), guess.top(), guess.right(), guess.bottom()};
        double peakToSideLobe =
                tracker.update(
                        image.pixels(),
                        image.width(),
                        image.height(),
                        image.stride(),
                        image.format().layout(),
                        box);
        last = new TrackedBox(box[0], box[1], box[2], box[3], peakToSideLobe);
        return last;
    }
}
