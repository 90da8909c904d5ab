// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.tracker.BoxTracker;
import io.facegate.api.tracker.BoxTrackers;
import io.facegate.api.tracker.TrackedBox;

import java.util.Optional;

/**
 * Carries the face of one track from its last detection through the frames after it. Most faces are
 * detected again before they have to be followed, so a tracker is made only then. Not thread-safe.
 */
final class Follower implements AutoCloseable {
    /** A confidence that falls below this part of what was usual is a change of what is seen. */
    private static final double USUAL = 0.6;

    /** Of the face's size: who moves farther between two frames is perhaps somebody else. */
    private static final double JUMP = 0.5;

    /** What became of the face in a frame. */
    enum Sight {
        /** It is there, and looks as it did. */
        SURE,
        /** Something is there that looks different. */
        DOUBTFUL,
        /** It is not to be seen. */
        LOST
    }

    private Optional<Frame> seenIn = Optional.empty();
    private FaceDetection detection;
    private Box place;
    private Optional<BoxTracker> tracker = Optional.empty();
    private Object maker;
    private double usual;
    private boolean missed;

    /** The face was detected: it is followed from here. */
    void detected(Frame frame, FaceDetection face) {
        close();
        seenIn = Optional.of(frame);
        detection = face;
        place = face.box();
        usual = 0;
        missed = false;
    }

    /** The detector looked and did not find the face. */
    void missed() {
        missed = true;
        close();
    }

    /** Whether the detector did not find it the last time it looked. */
    boolean isMissed() {
        return missed;
    }

    /** Where the face is, as far as known, and the score of its last detection. */
    FaceDetection face() {
        return new FaceDetection(place, detection.score());
    }

    /** Looks for the face in the next frame. */
    Sight follow(BoxTrackers trackers, Frame frame) {
        if (tracker.isEmpty()) {
            if (seenIn.isEmpty() || !sameSize(seenIn.get(), frame)) {
                return Sight.LOST;
            }
            tracker = Optional.of(trackers.follow(seenIn.get(), place));
            maker = trackers;
            seenIn = Optional.empty();
        } else if (maker != trackers) {
            close();
            return Sight.LOST;
        }
        Optional<TrackedBox> found = tracker.get().update(frame);
        if (found.isEmpty()) {
            close();
            return Sight.LOST;
        }
        double moved = distance(place, found.get().box());
        place = found.get().box();
        return judge(found.get().confidence(), moved);
    }

    @Override
    public void close() {
        tracker.ifPresent(BoxTracker::close);
        tracker = Optional.empty();
        seenIn = Optional.empty();
    }

    private Sight judge(double confidence, double moved) {
        boolean changed = confidence < USUAL * usual;
        usual = usual == 0 ? confidence : 0.8 * usual + 0.2 * confidence;
        if (confidence < 1) {
            return Sight.LOST;
        }
        return changed || moved > JUMP ? Sight.DOUBTFUL : Sight.SURE;
    }

    private static boolean sameSize(Frame a, Frame b) {
        return a.width() == b.width() && a.height() == b.height();
    }

    private static double distance(Box a, Box b) {
        double x = (a.left() + a.right() - b.left() - b.right()) / 2.0;
        double y = (a.top() + a.bottom() - b.top() - b.bottom()) / 2.0;
        return Math.hypot(x, y) / Math.sqrt(a.area());
    }
}
