// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.recognition.Match;
import io.facegate.api.store.Gallery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;

/**
 * The opinion of the last encoded frames of one track. A frame speaks for the person it names; with
 * a margin asked for, only when nobody else is nearly as near. Not thread-safe.
 */
final class Consensus {
    private final int decideFrames;
    private final double minMargin;
    private EncoderTraits unit = EncoderTraits.DLIB;
    private final List<Frame> frames = new ArrayList<>(TrackRules.WINDOW);

    private record Frame(Match match, FaceDescriptor face) {
        Frame with(Match other) {
            return new Frame(other, face);
        }

        boolean names(UUID person) {
            return match.personId().filter(person::equals).isPresent();
        }
    }

    /**
     * @param decideFrames frames that must agree, 1 to {@link TrackRules#WINDOW}
     * @param minMargin in the unit of dlib's encoder; 0 = none
     */
    Consensus(int decideFrames, double minMargin) {
        this.decideFrames = decideFrames;
        this.minMargin = minMargin;
    }

    /** From now on distances are those of an encoder. */
    void compareAs(EncoderTraits encoder) {
        unit = encoder;
    }

    /** A frame's match; {@link Match#NONE} for an empty gallery. */
    void add(Match frame, FaceDescriptor face) {
        if (frames.size() == TrackRules.WINDOW) {
            frames.remove(0);
        }
        frames.add(new Frame(frame, face));
    }

    /**
     * A person has another name now, or none because they are not in the gallery any more: frames
     * that named them have named nobody then.
     */
    void rename(UUID person, Optional<String> name) {
        frames.replaceAll(
                frame -> frame.names(person) ? frame.with(renamed(frame.match(), name)) : frame);
    }

    /** The face is not a person: frames that named them say nothing. */
    void drop(UUID person) {
        frames.replaceAll(frame -> frame.names(person) ? frame.with(Match.NONE) : frame);
    }

    /**
     * Counter-examples that came since: frames that named somebody by a face which is known not to
     * be them say nothing.
     *
     * @return the people of whom less frames are left than it takes to decide for them
     */
    Set<UUID> refute(Gallery gallery) {
        Set<UUID> refuted = new HashSet<>();
        frames.replaceAll(
                frame -> {
                    Optional<UUID> wrong =
                            frame.match().personId().filter(p -> refutes(gallery, frame, p));
                    wrong.ifPresent(refuted::add);
                    return wrong.isPresent() ? frame.with(Match.NONE) : frame;
                });
        refuted.removeIf(
                p -> frames.stream().filter(frame -> frame.names(p)).count() >= decideFrames);
        return refuted;
    }

    private static boolean refutes(Gallery gallery, Frame frame, UUID person) {
        OptionalDouble distance = frame.match().distance();
        return distance.isPresent()
                && gallery.section(frame.face().model())
                        .filter(s -> s.refutes(person, frame.face(), distance.getAsDouble()))
                        .isPresent();
    }

    /**
     * The person enough frames agree on. To take the place of a person decided before, one frame
     * more must agree than for a first name.
     *
     * @param decided who it is so far
     */
    Optional<Match> winner(Optional<UUID> decided) {
        Optional<UUID> leader = leader();
        if (leader.isEmpty()) {
            return Optional.empty();
        }
        boolean change = decided.isPresent() && !decided.equals(leader);
        int needed = change ? Math.min(TrackRules.WINDOW, decideFrames + 1) : decideFrames;
        return view(leader.get()).filter(match -> match.votesWon() >= needed);
    }

    /** What the frames say of a person; empty when none speaks for them. */
    Optional<Match> view(UUID person) {
        Match nearest = Match.NONE;
        String name = "";
        int won = 0;
        for (Match frame : matches()) {
            if (speaksFor(frame).filter(person::equals).isPresent()) {
                won++;
                name = frame.name().orElseThrow();
                nearest = nearer(frame, nearest);
            }
        }
        return won == 0
                ? Optional.empty()
                : Optional.of(
                        new Match(
                                Optional.of(person),
                                Optional.of(name),
                                nearest.distance(),
                                won,
                                frames.size(),
                                nearest.margin()));
    }

    /** The person the last frame speaks for. */
    Optional<UUID> last() {
        return frames.isEmpty()
                ? Optional.empty()
                : speaksFor(frames.get(frames.size() - 1).match());
    }

    /** What the frames say of a face without a name: the smallest distance to anyone. */
    Match unknown() {
        Match nearest = Match.NONE;
        for (Match frame : matches()) {
            nearest = nearer(frame, nearest);
        }
        OptionalDouble margin = nearest.margin();
        return new Match(
                Optional.empty(),
                Optional.empty(),
                nearest.distance(),
                0,
                frames.size(),
                margin.isPresent() ? OptionalDouble.of(Math.abs(margin.getAsDouble())) : margin);
    }

    /** Frames that speak for whoever most frames speak for. */
    int leadingFrames() {
        return leader().flatMap(this::view).map(Match::votesWon).orElse(0);
    }

    private List<Match> matches() {
        return frames.stream().map(Frame::match).toList();
    }

    /** Ties go to whoever was named last. */
    private Optional<UUID> leader() {
        Map<UUID, Integer> counts = new HashMap<>();
        Optional<UUID> leader = Optional.empty();
        int most = 0;
        for (Match frame : matches()) {
            Optional<UUID> person = speaksFor(frame);
            if (person.isPresent() && counts.merge(person.get(), 1, Integer::sum) >= most) {
                most = counts.get(person.get());
                leader = person;
            }
        }
        return leader;
    }

    private Optional<UUID> speaksFor(Match frame) {
        boolean clear =
                frame.margin().isEmpty() || frame.margin().getAsDouble() >= unit.scaled(minMargin);
        return minMargin <= 0 || clear ? frame.personId() : Optional.empty();
    }

    private static Match renamed(Match match, Optional<String> name) {
        return new Match(
                name.flatMap(n -> match.personId()),
                name,
                match.distance(),
                match.votesWon(),
                match.votesOf(),
                match.margin());
    }

    private static Match nearer(Match a, Match b) {
        if (a.distance().isEmpty()) {
            return b;
        }
        boolean nearer =
                b.distance().isEmpty() || a.distance().getAsDouble() < b.distance().getAsDouble();
        return nearer ? a : b;
    }
}
