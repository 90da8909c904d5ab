// SPDX-License-Identifier: Apache-2.0
package io.facegate.tracker.internal;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.tracker.BoxTracker;
import io.facegate.api.tracker.TrackedBox;
import io.facegate.dlib.CorrelationTracker;
import io.facegate.dlib.DlibException;
import io.facegate.dlib.Rectangle;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * dlib's correlation tracker on a small grey cut-out around the box: a quarter of the time of
 * dlib's default on the frame, and as sure (docs/decisions/0010-live-streams.md).
 */
final class CorrelationBoxTracker implements BoxTracker {
    /** 32 x 32 pixels for the box and its surroundings. */
    private static final int FILTER_SIZE = 5;

    /** 16 sizes, 2 % apart. */
    private static final int SCALE_LEVELS = 4;

    /** Peak to side-lobe ratio from which on the object is sure. */
    private static final double SURE = 4.5;

    private final CorrelationTracker dlib = new CorrelationTracker(FILTER_SIZE, SCALE_LEVELS);
    private final Consumer<CorrelationBoxTracker> closing;
    private io.facegate.dlib.TrackedBox place;
    private boolean lost;

    /**
     * @param closing told when this tracker is closed
     * @throws IllegalArgumentException nothing of the box is inside the frame
     */
    CorrelationBoxTracker(Frame frame, Box box, Consumer<CorrelationBoxTracker> closing) {
        this.closing = closing;
        if (box.left() >= frame.width() || box.top() >= frame.height()) {
            dlib.close();
            throw new IllegalArgumentException("outside of " + frame + ": " + box);
        }
        place =
                new io.facegate.dlib.TrackedBox(
                        box.left(), box.top(), box.right() - 1, box.bottom() - 1, 0);
        try {
            GreyCut cut = GreyCut.around(place, frame);
            var inside = cut.toCut(place);
            dlib.start(
                    cut.image(),
                    new Rectangle(
                            (int) Math.round(inside.left()),
                            (int) Math.round(inside.top()),
                            (int) Math.round(inside.right()),
                            (int) Math.round(inside.bottom())));
        } catch (DlibException e) {
            lost = true; // too small to have anything to follow
        }
    }

    @Override
    public Optional<TrackedBox> update(Frame frame) {
        if (lost) {
            return Optional.empty();
        }
        try {
            GreyCut cut = GreyCut.around(place, frame);
            place = cut.toFrame(dlib.update(cut.image(), cut.toCut(place)));
        } catch (DlibException e) {
            lost = true;
            return Optional.empty();
        } catch (IllegalStateException e) {
            throw new StaleServiceException("the tracker was closed");
        }
        Optional<Box> box = box(frame);
        lost = box.isEmpty();
        double ratio = place.peakToSideLobe();
        double confidence = ratio > 0 ? ratio / SURE : 0; // 0 for NaN too
        return box.map(b -> new TrackedBox(b, confidence));
    }

    /** Later updates fail as stale. */
    @Override
    public void close() {
        dlib.close();
        closing.accept(this);
    }

    /** Empty when less than a quarter of the object is in the frame. */
    private Optional<Box> box(Frame frame) {
        int left = (int) Math.round(Math.max(0, place.left()));
        int top = (int) Math.round(Math.max(0, place.top()));
        int right = (int) Math.round(Math.min(frame.width(), place.right() + 1));
        int bottom = (int) Math.round(Math.min(frame.height(), place.bottom() + 1));
        double whole = (place.right() - place.left()) * (place.bottom() - place.top());
        boolean enough =
                left < right && top < bottom && 4.0 * (right - left) * (bottom - top) >= whole;
        return enough ? Optional.of(new Box(left, top, right, bottom)) : Optional.empty();
    }
}
