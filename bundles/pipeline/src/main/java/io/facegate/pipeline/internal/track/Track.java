// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.pipeline.internal.analysis.Stages;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;

/** One face followed through the frames of one camera, and who it is. Not thread-safe. */
public final class Track {
    private static final int RECENT = 5;

    private final String id = UUID.randomUUID().toString();
    private final CaptureTime firstSeen;
    private final TrackRules rules;
    private final Consensus consensus;
    private final Deque<FaceDescriptor> recent = new ArrayDeque<>(RECENT);
    private final Looks looks = new Looks();
    private CaptureTime lastSeen;
    private Box box;
    private int frameWidth;
    private int frameHeight;
    private ModelInfo model;
    private int encodedFrames;
    private long revision;
    private Optional<Match> decided = Optional.empty();
    private Optional<QualityProblem> problem = Optional.empty();
    private final Certainty certainty = new Certainty();
    private final Set<UUID> rejected = new HashSet<>();

    /**
     * Starts with a face, which is then to be {@linkplain #observe observed}.
     *
     * @param minMargin margin with which a frame speaks for a name; 0 = none
     */
    Track(RecognizedFace face, Frame frame, Stages stages, TrackRules rules, double minMargin) {
        this.rules = rules;
        firstSeen = frame.captured();
        consensus = new Consensus(rules.decideFrames(), minMargin);
        revision = stages.gallery().revision();
        see(face, frame, stages);
    }

    /**
     * The face in a further frame. One that is not good enough shows where the face is, and has no
     * say in who it is.
     *
     * @return what listeners are to be told, if anything
     */
    Optional<Type> observe(RecognizedFace face, Frame frame, Stages stages) {
        Optional<Match> before = decided;
        see(face, frame, stages);
        follow(stages.gallery());
        correct();
        if (face.descriptor().isPresent()) {
            problem = face.problem();
            if (problem.isPresent()) {
                certainty.lookedInVain(frame.captured());
            } else {
                count(face, frame);
            }
        }
        if (decided.isEmpty()) {
            return Optional.empty();
        }
        if (before.isEmpty()) {
            return Optional.of(Type.NEW);
        }
        boolean same =
                before.get().personId().equals(decided.get().personId())
                        && before.get().name().equals(decided.get().name());
        return same ? Optional.empty() : Optional.of(Type.UPDATE);
    }

    /**
     * Distance of a face to the nearest of the last ones, in the unit of dlib's encoder; empty when
     * not comparable.
     */
    OptionalDouble distanceTo(RecognizedFace face) {
        return face.descriptor()
                .map(
                        d ->
                                recent.stream()
                                        .filter(r -> r.model().equals(d.model()))
                                        .mapToDouble(d::distanceTo)
                                        .map(distance -> distance / model.encoder().scaled(1))
                                        .min())
                .orElse(OptionalDouble.empty());
    }

    /** It is not a person: from the next frame on, and whatever frames say. */
    void reject(UUID person) {
        rejected.add(person);
        doubt();
    }

    /** Something makes it doubtful that this is still the same face. */
    void doubt() {
        certainty.doubt();
    }

    /**
     * Whether it need not be looked at in each frame: it is known who it is, and nothing spoke
     * against it lately; or the last frames were of no use.
     */
    boolean settled() {
        return certainty.settled() && (decided.isPresent() || certainty.poor());
    }

    /** Whether the gallery or the model changed since it was last seen. */
    boolean outdated(Stages stages) {
        return revision != stages.gallery().revision() || !model.key().equals(stages.model().key());
    }

    /**
     * Whether a settled track is to be looked at again. Somebody unknown may only have been seen
     * badly, and is looked at with each search; after a look in vain the next comes soon.
     */
    boolean verifyDue(CaptureTime now, LiveRules rules) {
        if (certainty.poor()) {
            return certainty.age(now) >= rules.motionIntervalMillis();
        }
        boolean known = decided.filter(Match::known).isPresent();
        long interval =
                known
                        ? rules.verifyIntervalMillis()
                        : Math.min(rules.detectIntervalMillis(), rules.verifyIntervalMillis());
        return certainty.age(now) >= interval;
    }

    /** What events call it; unlike any other. */
    public String id() {
        return id;
    }

    /** Who it is; empty while not decided. */
    public Optional<Match> decided() {
        return decided;
    }

    /** Why the last face that was encoded does not count; empty when it does. */
    Optional<QualityProblem> problem() {
        return problem;
    }

    /** Capture time of the first frame with the face. */
    public CaptureTime firstSeen() {
        return firstSeen;
    }

    /** The last look at the face that counts, since a frame named somebody. */
    public Optional<Look> latestLook() {
        return looks.latest();
    }

    /** The largest of these looks. */
    public Optional<Look> bestLook() {
        return looks.best();
    }

    /** The largest look at the face that named a person. */
    public Optional<Look> namedLook(UUID person) {
        return looks.named(person);
    }

    /** Capture time of the last frame with the face. */
    public CaptureTime lastSeen() {
        return lastSeen;
    }

    /** Where the face was last. */
    public Box box() {
        return box;
    }

    /** Width of the last frame with the face, in pixels. */
    public int frameWidth() {
        return frameWidth;
    }

    /** Height of the last frame with the face, in pixels. */
    public int frameHeight() {
        return frameHeight;
    }

    /** Model of the encoder in use at the last frame with the face. */
    public ModelInfo model() {
        return model;
    }

    private void see(RecognizedFace face, Frame frame, Stages stages) {
        lastSeen = frame.captured();
        box = face.detection().box();
        frameWidth = frame.width();
        frameHeight = frame.height();
        model = stages.model();
        consensus.compareAs(model.encoder());
    }

    private void count(RecognizedFace face, Frame frame) {
        remember(face.descriptor().orElseThrow());
        looks.add(face, frame);
        encodedFrames++;
        consensus.add(face.match(), face.descriptor().orElseThrow());
        correct();
        decide();
        boolean agrees = decided.isPresent() && decided.get().personId().equals(consensus.last());
        certainty.looked(agrees, frame.captured());
    }

    /** Lets go of people the face was said not to be. */
    private void correct() {
        for (UUID person : rejected) {
            consensus.drop(person);
        }
        if (decided.flatMap(Match::personId).filter(rejected::contains).isPresent()) {
            letGo();
        }
    }

    private void letGo() {
        decided = Optional.of(consensus.winner(Optional.empty()).orElseGet(consensus::unknown));
        doubt();
    }

    /** A person renamed, deleted or corrected meanwhile. */
    private void follow(Gallery gallery) {
        if (gallery.revision() == revision) {
            return;
        }
        revision = gallery.revision();
        Set<UUID> refuted = consensus.refute(gallery);
        if (decided.flatMap(Match::personId).filter(refuted::contains).isPresent()) {
            letGo();
        }
        Optional<UUID> id = decided.flatMap(Match::personId);
        if (id.isEmpty()) {
            return;
        }
        Optional<String> name =
                gallery.people().stream()
                        .filter(p -> p.id().equals(id.get()))
                        .map(Person::name)
                        .findFirst();
        consensus.rename(id.get(), name);
        decided = Optional.of(name.isEmpty() ? consensus.unknown() : named(decided.get(), name));
    }

    private void decide() {
        Optional<UUID> known = decided.flatMap(Match::personId);
        Optional<Match> winner = consensus.winner(known);
        if (winner.isPresent()) {
            decided = winner;
        } else if (known.isPresent()) {
            decided = consensus.view(known.get()).or(() -> decided);
        } else if (decided.isPresent() || unknown()) {
            decided = Optional.of(consensus.unknown());
        }
    }

    private boolean unknown() {
        if (encodedFrames >= rules.unknownFrames()) {
            return true;
        }
        long age = firstSeen.until(lastSeen).toMillis();
        return age >= rules.unknownMillis()
                && encodedFrames >= rules.decideFrames()
                && 2 * consensus.leadingFrames() < rules.decideFrames();
    }

    private void remember(FaceDescriptor descriptor) {
        if (recent.size() == RECENT) {
            recent.removeFirst();
        }
        recent.addLast(descriptor);
    }

    private static Match named(Match match, Optional<String> name) {
        return new Match(
                match.personId(),
                name,
                match.distance(),
                match.votesWon(),
                match.votesOf(),
                match.margin());
    }
}
