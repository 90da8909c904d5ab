// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.frame.Frame;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentException.Reason;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.recognition.EnrolmentWarning.Kind;
import io.facegate.api.recognition.Examination;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a person's poses into the gallery from a camera, asking for one after the other. Each is
 * durable when it is said to be taken.
 */
final class GuidedEnrolment {
    private static final Duration FRAME_PATIENCE = Duration.ofMillis(250);

    /** Poses refused before it is given up: whoever stands there does not become another. */
    private static final int REFUSALS = 3;

    private final Session session;
    private final Enroller enroller;
    private final Wish wish;
    private final CameraChoice camera;
    private final PoseGuide guide;
    private final GuideLines lines;
    private final Set<Pose> missing = EnumSet.noneOf(Pose.class);
    private final List<TakenPose> taken = new ArrayList<>();
    private Optional<Pose> requested = Optional.empty();
    private String request = "";
    private int refusals;

    /**
     * What is to be taken.
     *
     * @param name of the person
     * @param poses that are missing, at least one
     * @param options how to look for faces
     * @param strict whether doubtful poses are refused
     * @param time how long poses are asked for
     */
    record Wish(
            String name,
            Set<Pose> poses,
            RecognitionOptions options,
            boolean strict,
            Duration time) {}

    GuidedEnrolment(Session session, Wish wish, CameraChoice camera) throws MissingPartException {
        this.session = session;
        this.wish = wish;
        this.camera = camera;
        enroller = session.require(Enroller.class);
        session.require(FaceQualityMeter.class);
        session.requireStages(wish.options().detectionMethod());
        guide = new PoseGuide(wish.poses(), tolerance(session, wish));
        lines = new GuideLines(session);
        missing.addAll(wish.poses());
    }

    private static double tolerance(Session session, Wish wish) throws MissingPartException {
        return wish.options().tolerances().of(session.require(FaceEncoder.class).model());
    }

    /**
     * Asks until all poses were taken, the time is over, the frames end, or the stop.
     *
     * @throws IOException the camera or a part failed; what was taken stays
     */
    void run() throws IOException, MissingPartException {
        long start = System.nanoTime();
        try (CameraFrames frames = camera.open(session)) {
            session.stop().closes(frames);
            while (goOn(frames) && System.nanoTime() - start < wish.time().toNanos()) {
                ask();
                Optional<Frame> frame = frames.next(FRAME_PATIENCE);
                if (frame.isPresent()) {
                    state(seen(frame.get()));
                } else if (!frames.ended()) {
                    state(camera.silence());
                }
                takeBest(false);
            }
            while (!session.stop().stopped() && takeBest(true)) {
                continue;
            }
            if (refusals >= REFUSALS) {
                lines.say("Given up after " + refusals + " refusals.");
            }
            if (frames.trouble().isPresent() && !session.stop().stopped()) {
                throw new IOException(frames.trouble().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lines.end();
        }
    }

    private boolean goOn(CameraFrames frames) {
        return !session.stop().stopped()
                && !frames.ended()
                && refusals < REFUSALS
                && guide.asked(System.nanoTime()).isPresent();
    }

    /** Says what to do when that has changed. */
    private void ask() {
        long now = System.nanoTime();
        Optional<Pose> asked = guide.asked(now);
        if (asked.isEmpty()) {
            return;
        }
        String wanted = guide.request(asked.get(), now);
        if (!asked.equals(requested) || !wanted.equals(request)) {
            requested = asked;
            request = wanted;
            lines.say("Please " + request + ".");
        }
    }

    private void state(String what) {
        String pose = requested.map(Pose::word).orElse("");
        lines.state(pose, what, Pose.words(missing), System.nanoTime());
    }

    /** Looks at a frame, and returns what to say of it. */
    private String seen(Frame frame) throws IOException {
        Examination examination;
        try {
            examination =
                    enroller.examine(
                            wish.name(),
                            frame,
                            camera.label(),
                            wish.options(),
                            Enroller.Faces.LARGEST);
        } catch (EnrolmentException e) {
            if (e.reason() == Reason.NO_FACE) {
                return "no face";
            }
            throw failed(e);
        }
        if (examination.facesFound() > 1) {
            return examination.facesFound() + " faces: only one person may be there";
        }
        if (examination.faces().get(0).quality().isEmpty()) {
            return "its quality cannot be measured";
        }
        return guide.see(examination, System.nanoTime());
    }

    /** Returns whether there was a pose to take. */
    private boolean takeBest(boolean end) throws IOException {
        Optional<PoseGuide.Shot> best = guide.best(System.nanoTime(), end);
        if (best.isPresent()) {
            take(best.get());
        }
        return best.isPresent() && refusals < REFUSALS;
    }

    private void take(PoseGuide.Shot shot) throws IOException {
        String source = PoseSources.of(camera.label(), shot.pose());
        Examination examination = shot.kept(source);
        try {
            Enrolment enrolment = accept(examination);
            guide.taken(shot);
            missing.remove(shot.pose());
            taken.add(new TakenPose(shot.pose(), source, shot.quality(), enrolment.warnings()));
            lines.say("Took " + shot.pose().word() + "; still missing: " + Pose.words(missing));
            enrolment.warnings().forEach(w -> lines.say(shot.pose().word() + ": " + w.message()));
        } catch (EnrolmentException e) {
            if (e.reason() != Reason.DOUBTFUL) {
                throw failed(e);
            }
            refusals++;
            lines.say(
                    "refused "
                            + shot.pose().word()
                            + ": "
                            + String.join(
                                    "; ",
                                    e.warnings().stream().map(EnrolmentWarning::message).toList()));
        }
    }

    /** A face like another person's is never taken, another doubtful one unless that is wished. */
    private Enrolment accept(Examination examination) throws EnrolmentException {
        try {
            return enroller.replace(examination, true);
        } catch (EnrolmentException e) {
            boolean other = e.warnings().stream().anyMatch(w -> w.kind() == Kind.OTHER_PERSON);
            if (e.reason() != Reason.DOUBTFUL || other || wish.strict()) {
                throw e;
            }
        }
        return enroller.replace(examination, false);
    }

    private IOException failed(EnrolmentException e) {
        return new IOException(e.getMessage(), e);
    }

    /** What was taken so far, in that order. */
    List<TakenPose> taken() {
        return List.copyOf(taken);
    }
}
