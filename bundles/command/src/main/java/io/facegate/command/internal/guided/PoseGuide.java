// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.recognition.EnrolmentWarning.Kind;
import io.facegate.api.recognition.Examination;
import io.facegate.api.store.NewEncoding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Knows which pose is asked for, what a face must do for it, and which of the frames is the best of
 * a pose. Front, left and right are taken whenever they are shown; up and down, which are measured
 * roughly and only mean something beside the same person's look straight ahead, when asked for.
 * Decision record 23 has the reasons and figures. For one thread; times are of one clock, in
 * nanoseconds.
 */
final class PoseGuide {
    /** Up to here a face looks straight ahead; degrees of yaw. */
    static final double FRONT_YAW = 8;

    /** From here on it looks to a side. */
    static final double SIDE_YAW = 15;

    /** Beyond, too little is left to recognise. */
    static final double FAR_YAW = 35;

    /** So much above or below the look straight ahead is up or down; degrees of pitch. */
    static final double NOD = 10;

    private static final double ROLL = 25;

    private static final String HOLD = "good, hold still";

    /** Good frames the best of a pose is chosen from. */
    private static final int CHOICE = 3;

    /** How long more than one is waited for. */
    private static final long CHOOSING_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long a pose is asked for that may be missing. */
    static final long OPTIONAL_NANOS = TimeUnit.SECONDS.toNanos(12);

    private final Set<Pose> missing = EnumSet.noneOf(Pose.class);
    private final Map<Pose, List<Shot>> shots = new EnumMap<>(Pose.class);
    private final List<Double> straight = new ArrayList<>();
    private final List<FaceDescriptor> own = new ArrayList<>();
    private final double tolerance;
    private long straightSince;
    private Optional<Pose> waitedFor = Optional.empty();
    private long waitedSince;

    /**
     * @param wanted poses to take
     * @param tolerance largest distance at which two faces are of one person
     */
    PoseGuide(Collection<Pose> wanted, double tolerance) {
        missing.addAll(wanted);
        this.tolerance = tolerance;
    }

    /**
     * A frame that shows a pose.
     *
     * @param nanos when it was seen
     */
    record Shot(Pose pose, Examination examination, FaceQuality quality, long nanos) {
        /** What is kept of it; that it is turned, which was asked for, is no doubt. */
        Examination kept(String source) {
            Examination.Face face = examination.faces().get(0);
            NewEncoding encoding =
                    new NewEncoding(
                            face.encoding().descriptor(),
                            face.encoding().chip(),
                            source,
                            face.encoding().contentHash());
            return new Examination(
                    examination.name(),
                    source,
                    examination.tolerance(),
                    List.of(new Examination.Face(face.box(), encoding, face.quality())),
                    examination.facesFound(),
                    false,
                    examination.warnings().stream().filter(w -> w.kind() != Kind.TURNED).toList());
        }

        /** Sharp ones first, then those that look where they should. */
        double worth() {
            double ideal =
                    switch (pose) {
                        case LEFT -> (SIDE_YAW + FAR_YAW) / 2;
                        case RIGHT -> -(SIDE_YAW + FAR_YAW) / 2;
                        default -> 0;
                    };
            return quality.sharpness() / (1 + Math.abs(quality.yaw() - ideal) / 10);
        }
    }

    /** The pose asked for; empty when all were taken or those that may be missing given up. */
    Optional<Pose> asked(long now) {
        for (Pose pose : List.copyOf(missing)) {
            if (pose.required() || !isLevelKnown(now)) {
                return Optional.of(pose);
            }
            if (waitedFor.isEmpty() || waitedFor.get() != pose) {
                waitedFor = Optional.of(pose);
                waitedSince = now;
            }
            if (now - waitedSince < OPTIONAL_NANOS) {
                return Optional.of(pose);
            }
            missing.remove(pose);
            shots.remove(pose);
        }
        return Optional.empty();
    }

    /** What to do for the pose asked for. */
    String request(Pose pose, long now) {
        return pose.required() || nodding(pose, now) ? pose.request() : Pose.FRONT.request();
    }

    /** Whether it is known what straight ahead is, without which there is no up and down. */
    private boolean isLevelKnown(long now) {
        return straight.size() >= CHOICE
                || (!straight.isEmpty() && now - straightSince >= CHOOSING_NANOS);
    }

    /**
     * Looks at a frame with one face, whose quality was measured.
     *
     * @return what to say of it: what is wrong, or what to do
     */
    String see(Examination examination, long now) {
        FaceQuality quality = examination.faces().get(0).quality().orElseThrow();
        Optional<String> trouble = trouble(examination, quality);
        if (trouble.isPresent()) {
            return trouble.get();
        }
        Optional<Pose> asked = asked(now);
        boolean askew = examination.warnings().stream().anyMatch(w -> w.kind() == Kind.TURNED);
        if (askew
                && Math.abs(quality.yaw()) <= FRONT_YAW
                && asked.filter(p -> !nodding(p, now)).isPresent()) {
            return "neither up nor down";
        }
        if (Math.abs(quality.yaw()) <= FRONT_YAW && !isLevelKnown(now)) {
            straightSince = straight.isEmpty() ? now : straightSince;
            straight.add(quality.pitch());
            if (asked.filter(pose -> !pose.required()).isPresent()) {
                return HOLD;
            }
        }
        Optional<Pose> shown = shown(quality, asked, now);
        shown.ifPresent(
                pose ->
                        shots.computeIfAbsent(pose, p -> new ArrayList<>())
                                .add(new Shot(pose, examination, quality, now)));
        if (shown.isPresent() && shown.equals(asked)) {
            return HOLD;
        }
        return asked.map(pose -> direction(pose, quality, now)).orElse("");
    }

    /** What makes a frame useless for any pose. */
    private Optional<String> trouble(Examination examination, FaceQuality quality) {
        for (EnrolmentWarning warning : examination.warnings()) {
            String what =
                    switch (warning.kind()) {
                        case SMALL -> "too small: come nearer";
                        case BLURRED -> "too blurred: hold still";
                        case LIGHT ->
                                quality.brightness() < 128
                                        ? "too dark: more light from the front"
                                        : "too bright: less light";
                        case UNSURE -> "hardly a face: look towards the camera";
                        default -> "";
                    };
            if (!what.isEmpty()) {
                return Optional.of(what);
            }
        }
        if (Math.abs(quality.roll()) > ROLL) {
            return Optional.of("tilted: hold your head upright");
        }
        FaceDescriptor face = examination.faces().get(0).encoding().descriptor();
        boolean other =
                own.stream()
                        .filter(mine -> mine.model().equals(face.model()))
                        .mapToDouble(face::distanceTo)
                        .min()
                        .stream()
                        .anyMatch(distance -> distance > tolerance);
        return other ? Optional.of("another person than before") : Optional.empty();
    }

    private Optional<Pose> shown(FaceQuality quality, Optional<Pose> asked, long now) {
        double yaw = quality.yaw();
        Optional<Pose> pose = Optional.empty();
        if (Math.abs(yaw) < SIDE_YAW) {
            pose = asked.filter(p -> nods(p, quality, now));
        } else if (Math.abs(yaw) <= FAR_YAW) {
            pose = Optional.of(yaw > 0 ? Pose.LEFT : Pose.RIGHT);
        }
        if (pose.isEmpty() && Math.abs(yaw) <= FRONT_YAW) {
            pose = Optional.of(Pose.FRONT);
        }
        return pose.filter(missing::contains);
    }

    /** Whether it is up or down that is asked for, not what these are measured from. */
    private boolean nodding(Pose pose, long now) {
        return !pose.required() && isLevelKnown(now);
    }

    private boolean nods(Pose pose, FaceQuality quality, long now) {
        return nodding(pose, now) && nod(pose, quality) >= NOD;
    }

    /** How far a face is lifted, or for down lowered, from its look straight ahead. */
    private double nod(Pose pose, FaceQuality quality) {
        List<Double> sorted = straight.stream().sorted().toList();
        double lifted = quality.pitch() - sorted.get(sorted.size() / 2);
        return pose == Pose.UP ? lifted : -lifted;
    }

    private String direction(Pose pose, FaceQuality quality, long now) {
        double yaw = quality.yaw();
        if (pose == Pose.LEFT || pose == Pose.RIGHT) {
            double turned = pose == Pose.LEFT ? yaw : -yaw;
            if (turned > FAR_YAW) {
                return "too far: a little back";
            }
            return turned < -FRONT_YAW ? "the other way" : "further";
        }
        boolean nodding = nodding(pose, now);
        if (Math.abs(yaw) > (nodding ? SIDE_YAW : FRONT_YAW)) {
            return "a little to your " + (yaw > 0 ? "right" : "left");
        }
        if (!nodding) {
            return HOLD;
        }
        return nod(pose, quality) < 0 ? "the other way" : "further";
    }

    /**
     * The best frame of a pose that was seen often or long enough; not given again.
     *
     * @param end whether no more frames come, so that one is enough
     */
    Optional<Shot> best(long now, boolean end) {
        for (Pose pose : missing) {
            List<Shot> some = shots.getOrDefault(pose, List.of());
            boolean enough = some.size() >= CHOICE || end;
            if (!some.isEmpty() && (enough || now - some.get(0).nanos() >= CHOOSING_NANOS)) {
                shots.remove(pose);
                return some.stream().max(Comparator.comparingDouble(Shot::worth));
            }
        }
        return Optional.empty();
    }

    /** A pose is in the gallery; faces unlike it are not of this person. */
    void taken(Shot shot) {
        missing.remove(shot.pose());
        own.add(shot.examination().faces().get(0).encoding().descriptor());
    }
}
