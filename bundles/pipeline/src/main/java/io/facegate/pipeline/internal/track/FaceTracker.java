// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.pipeline.internal.analysis.Analysis;
import io.facegate.pipeline.internal.analysis.Stages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Follows the faces of one camera: each detected face continues the open track it fits best, or
 * starts one. Fitting means near in place and, by descriptor, the same person: after a scene cut
 * another face at the same place is another track. Not thread-safe, except for {@link #reject}.
 */
public final class FaceTracker {
    /** Farther than this from all recent descriptors of a track is somebody else. */
    private static final double SAME_FACE = 0.65;

    /** Nearer than this may be the same face although it moved by several times its size. */
    private static final double SURELY_SAME_FACE = 0.5;

    private static final double MIN_OVERLAP = 0.2;
    private static final double MAX_MOVE = 1.0;
    private static final double MAX_FAST_MOVE = 4.0;
    private static final double MIN_SIZE_RATIO = 0.4;

    /** A slow pipeline must miss a face in this many frames before the track is over. */
    private static final int MISSED_FRAMES = 3;

    private static final long MAX_LOST_MILLIS = 10_000;

    private final TrackRules rules;
    private final double minMargin;
    private final List<Track> open = new ArrayList<>();
    private final Queue<Rejection> rejections = new ConcurrentLinkedQueue<>();
    private Optional<CaptureTime> lastFrame = Optional.empty();
    private long interval;
    private long intervalBefore;

    /**
     * @param minMargin margin with which a frame speaks for a name; 0 = none
     */
    public FaceTracker(TrackRules rules, double minMargin) {
        this.rules = rules;
        this.minMargin = minMargin;
    }

    private record Rejection(String track, UUID person) {}

    /**
     * Says that the face of a track, if it is still open, is not a person: it is somebody else's or
     * nobody's from the next frame on. Thread-safe, never blocks.
     */
    public void reject(String track, UUID person) {
        rejections.add(new Rejection(track, person));
    }

    /** What a frame did to the tracks. */
    public record Tracked(List<RecognizedFace> faces, List<TrackNews> news) {}

    /**
     * Continues, starts and ends tracks.
     *
     * @return the faces in order with their tracks' ids and, once decided, their tracks' matches;
     *     and the news, ended tracks first
     */
    public Tracked update(Frame frame, Analysis analysis) {
        keepPace(frame.captured());
        correct();
        Map<RecognizedFace, Track> continued = associate(analysis.faces());
        List<TrackNews> news = endUnseen(frame.captured(), new HashSet<>(continued.values()));
        List<RecognizedFace> faces = new ArrayList<>();
        for (RecognizedFace face : analysis.faces()) {
            Track track = continued.computeIfAbsent(face, f -> start(f, frame, analysis.stages()));
            track.observe(face, frame, analysis.stages())
                    .ifPresent(type -> news.add(new TrackNews(type, track)));
            faces.add(labelled(face, track));
        }
        return new Tracked(faces, news);
    }

    /** A frame without analysis: ends the tracks that were not seen for too long. */
    public List<TrackNews> expire(CaptureTime now) {
        return endUnseen(now, Set.of());
    }

    /** Ends all tracks. */
    public List<TrackNews> endAll() {
        List<TrackNews> news = new ArrayList<>();
        open.forEach(track -> end(track, news));
        open.clear();
        return news;
    }

    /** The open tracks. */
    public List<Track> open() {
        return List.copyOf(open);
    }

    /** Whether any track is open. */
    public boolean tracking() {
        return !open.isEmpty();
    }

    /** Time without a face after which its track is over, at the pace of the last frames. */
    public long lostMillis() {
        long paced = Math.min(MAX_LOST_MILLIS, MISSED_FRAMES * Math.min(interval, intervalBefore));
        return Math.max(rules.lostMillis(), paced);
    }

    private void correct() {
        for (Rejection one = rejections.poll(); one != null; one = rejections.poll()) {
            for (Track track : open) {
                if (track.id().equals(one.track())) {
                    track.reject(one.person());
                }
            }
        }
    }

    private void keepPace(CaptureTime frame) {
        if (lastFrame.isPresent()) {
            intervalBefore = interval;
            interval = Math.max(0, lastFrame.get().until(frame).toMillis());
        }
        lastFrame = Optional.of(frame);
    }

    private Track start(RecognizedFace face, Frame frame, Stages stages) {
        Track track = new Track(face, frame, stages, rules, minMargin);
        open.add(track);
        return track;
    }

    private List<TrackNews> endUnseen(CaptureTime now, Set<Track> seen) {
        List<TrackNews> news = new ArrayList<>();
        long lost = lostMillis();
        open.removeIf(
                track -> {
                    long unseen = track.lastSeen().until(now).toMillis();
                    boolean gone = !seen.contains(track) && unseen >= lost;
                    if (gone) {
                        end(track, news);
                    }
                    return gone;
                });
        return news;
    }

    private static void end(Track track, List<TrackNews> news) {
        if (track.decided().isPresent()) {
            news.add(new TrackNews(Type.END, track));
        }
    }

    private static RecognizedFace labelled(RecognizedFace face, Track track) {
        Match own = face.problem().isPresent() ? Match.NONE : face.match();
        return new RecognizedFace(
                face.detection(),
                face.landmarks(),
                face.chip(),
                face.descriptor(),
                track.decided().orElse(own),
                Optional.of(track.id()),
                face.problem());
    }

    private record Pair(Track track, RecognizedFace face, double cost) {}

    private Map<RecognizedFace, Track> associate(List<RecognizedFace> faces) {
        Map<RecognizedFace, Track> continued = followed(faces);
        Set<Track> taken = new HashSet<>(continued.values());
        List<Pair> pairs = new ArrayList<>();
        for (Track track : open) {
            for (RecognizedFace face : faces) {
                OptionalDouble cost = cost(track, face);
                cost.ifPresent(c -> pairs.add(new Pair(track, face, c)));
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::cost));
        for (Pair pair : pairs) {
            if (!continued.containsKey(pair.face()) && taken.add(pair.track())) {
                continued.put(pair.face(), pair.track());
            }
        }
        return continued;
    }

    /** The faces that come with their track. */
    private Map<RecognizedFace, Track> followed(List<RecognizedFace> faces) {
        Map<RecognizedFace, Track> followed = new IdentityHashMap<>();
        for (RecognizedFace face : faces) {
            for (Track track : open) {
                if (face.trackId().filter(track.id()::equals).isPresent()) {
                    followed.put(face, track);
                }
            }
        }
        return followed;
    }

    /** How badly a face fits a track; empty when it cannot be the same. */
    private static OptionalDouble cost(Track track, RecognizedFace face) {
        Box a = track.box();
        Box b = face.detection().box();
        double overlap = a.overlap(b);
        double ratio =
                Math.sqrt((double) Math.min(a.area(), b.area()) / Math.max(a.area(), b.area()));
        double size = (Math.sqrt(a.area()) + Math.sqrt(b.area())) / 2;
        double move =
                Math.hypot(
                                (a.left() + a.right() - b.left() - b.right()) / 2.0,
                                (a.top() + a.bottom() - b.top() - b.bottom()) / 2.0)
                        / size;
        OptionalDouble distance = track.distanceTo(face);
        if (ratio < MIN_SIZE_RATIO || distance.orElse(0) > SAME_FACE) {
            return OptionalDouble.empty();
        }
        boolean near = overlap >= MIN_OVERLAP || move <= MAX_MOVE;
        boolean fast = distance.orElse(SAME_FACE) <= SURELY_SAME_FACE && move <= MAX_FAST_MOVE;
        return near || fast
                ? OptionalDouble.of(1 - overlap + move / 2 + 2 * distance.orElse(SAME_FACE))
                : OptionalDouble.empty();
    }
}
