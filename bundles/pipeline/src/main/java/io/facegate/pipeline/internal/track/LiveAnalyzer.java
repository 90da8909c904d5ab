// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.tracker.BoxTrackers;
import io.facegate.pipeline.internal.analysis.Analysis;
import io.facegate.pipeline.internal.analysis.AnalysisException;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;
import io.facegate.pipeline.internal.analysis.Search;
import io.facegate.pipeline.internal.analysis.Stages;
import io.facegate.pipeline.internal.analysis.StaleStageException;
import io.facegate.pipeline.internal.analysis.Stopwatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Analyzes the frames of one camera with as little work as gives the answers of frame by frame: a
 * face whose identity is settled is followed by a tracker, the others are looked at in their
 * surroundings, and the whole frame is searched when something moved elsewhere, when a face was
 * lost, and at an interval. Without trackers every frame is searched. Not thread-safe.
 */
public final class LiveAnalyzer implements AutoCloseable {
    /** Frames after which motion is worth a search, however short the time. */
    private static final int MOTION_FRAMES = 3;

    /** Part of the cells that change at a scene cut. */
    private static final double CUT = 0.5;

    /** Of a face's size, around it: motion there is its own. */
    private static final double OWN_MOTION = 0.5;

    private final FrameAnalyzer analyzer;
    private FaceSearch searching;
    private final LiveRules rules;
    private final Map<String, Follower> followers = new HashMap<>();
    private Optional<MotionGrid> before = Optional.empty();
    private Optional<MotionGrid> searched = Optional.empty();
    private Optional<CaptureTime> searchedAt = Optional.empty();
    private double searchMillis;
    private double gridMillis;
    private int framesSinceSearch;
    private boolean wanted;
    private List<FaceDetection> detected = List.of();
    private FrameAreas areas;

    /**
     * @param options how faces are recognised
     * @param processingWidth width at which faces are looked for; 0 = the frame's own
     * @param rules when faces are searched, followed and looked at again
     */
    public LiveAnalyzer(
            FrameAnalyzer analyzer,
            RecognitionOptions options,
            int processingWidth,
            LiveRules rules) {
        this.analyzer = analyzer;
        searching = new FaceSearch(options, processingWidth);
        this.rules = rules;
    }

    /** Recognises in this way from the next frame on. */
    public void use(RecognitionOptions options, int processingWidth) {
        searching = new FaceSearch(options, processingWidth);
    }

    /**
     * Finds and names the faces of the next frame; to be followed by {@link #learn}.
     *
     * @param watched where faces are looked for
     * @param open tracks, in which doubts are noted
     * @param waitMillis longest wait for missing stages
     */
    public Analysis analyze(Frame frame, WatchedAreas watched, List<Track> open, long waitMillis)
            throws AnalysisException {
        if (areas == null || !areas.isOf(watched, frame)) {
            areas = FrameAreas.of(watched, frame);
            searched = Optional.empty();
        }
        RecognitionOptions options = searching.options();
        if (!rules.tracking()) {
            FrameAnalyzer.Finder finder = stages -> searching.whole(stages, frame, areas);
            return analyzer.analyze(
                    options,
                    waitMillis,
                    stages -> FrameAnalyzer.pass(stages, frame, options, finder));
        }
        Stopwatch watch = new Stopwatch();
        MotionGrid grid = MotionGrid.of(frame);
        gridMillis = watch.lap();
        Analysis analysis =
                analyzer.analyze(options, waitMillis, stages -> pass(stages, frame, grid, open));
        before = Optional.of(grid);
        if (analysis.search() == Search.FULL) {
            searched = before;
            searchedAt = Optional.of(frame.captured());
            searchMillis = analysis.detectMillis();
            framesSinceSearch = 0;
        }
        return analysis;
    }

    /**
     * Takes in where the tracks are.
     *
     * @param faces of the frame analyzed last, with their tracks' ids
     * @param open tracks after it
     */
    public void learn(Frame frame, List<RecognizedFace> faces, List<Track> open) {
        Set<String> ids = open.stream().map(Track::id).collect(Collectors.toSet());
        followers.entrySet().removeIf(entry -> !ids.contains(entry.getKey()) && closed(entry));
        for (RecognizedFace face : faces) {
            String id = face.trackId().orElseThrow();
            if (!rules.tracking() || detected.stream().noneMatch(d -> d == face.detection())) {
                continue;
            }
            followers.computeIfAbsent(id, i -> new Follower()).detected(frame, face.detection());
        }
    }

    /** Forgets all faces; the next frame is searched. */
    @Override
    public void close() {
        followers.values().forEach(Follower::close);
        followers.clear();
        searched = Optional.empty();
        before = Optional.empty();
    }

    private static boolean closed(Map.Entry<String, Follower> entry) {
        entry.getValue().close();
        return true;
    }

    private Analysis pass(Stages stages, Frame frame, MotionGrid grid, List<Track> open)
            throws StaleStageException, AnalysisException {
        Stopwatch watch = new Stopwatch();
        List<Sighting> sightings = sight(stages, frame, grid, open);
        Search search = decide(stages, frame, grid, sightings);
        double track = gridMillis + watch.lap();
        detected = find(stages, frame, search, sightings);
        double detect = watch.lap();
        List<RecognizedFace> faces = new ArrayList<>();
        List<FaceDetection> unsure = new ArrayList<>(detected);
        for (Sighting sighting : sightings) {
            confirm(sighting, sightings, search, faces, unsure);
        }
        track += watch.lap();
        FrameAnalyzer.Recognized recognized =
                FrameAnalyzer.recognize(stages, frame, unsure, searching.options());
        faces.addAll(recognized.faces());
        return new Analysis(
                stages,
                faces,
                search,
                detect,
                track,
                recognized.encodeMillis(),
                recognized.matchMillis());
    }

    /** Follows the faces that need no look, and notes the doubts about them. */
    private List<Sighting> sight(Stages stages, Frame frame, MotionGrid grid, List<Track> open)
            throws StaleStageException {
        boolean cut = before.map(b -> grid.changed(b) >= CUT).orElse(true);
        List<Sighting> sightings = new ArrayList<>();
        for (Track track : open) {
            Follower follower = followers.get(track.id());
            if (follower == null) {
                continue;
            }
            if (cut || track.outdated(stages)) {
                track.doubt();
            }
            boolean sure =
                    track.settled()
                            && !follower.isMissed()
                            && stages.trackers().isPresent()
                            && follow(stages.trackers().get(), follower, frame, track);
            if (!areas.watches(follower.face().box())) {
                // it went out of what is watched, and is gone like one that left the picture
                follower.missed();
                continue;
            }
            boolean due = track.verifyDue(frame.captured(), rules);
            sightings.add(new Sighting(track, follower, follower.face().box(), sure && !due));
        }
        return Sighting.withoutCrossings(sightings);
    }

    private boolean follow(BoxTrackers trackers, Follower follower, Frame frame, Track track)
            throws StaleStageException {
        Follower.Sight sight;
        try {
            sight = follower.follow(trackers, frame);
        } catch (StaleServiceException | NoClassDefFoundError e) {
            follower.close();
            throw new StaleStageException(trackers, e);
        }
        if (sight != Follower.Sight.SURE) {
            track.doubt();
            wanted = true;
        }
        return sight == Follower.Sight.SURE;
    }

    private Search decide(Stages stages, Frame frame, MotionGrid grid, List<Sighting> sightings) {
        framesSinceSearch++;
        if (stages.trackers().isEmpty() || searched.isEmpty() || before.isEmpty()) {
            return Search.FULL;
        }
        long since = searchedAt.orElseThrow().until(frame.captured()).toMillis();
        boolean due = since >= rules.detectIntervalMillis();
        if (due || grid.changed(before.get()) >= CUT) {
            return Search.FULL;
        }
        if (ready(since)) {
            List<Box> known =
                    sightings.stream().map(s -> grown(s.place(), OWN_MOTION, frame)).toList();
            if (wanted || grid.changedOutside(searched.get(), known, areas)) {
                return Search.FULL;
            }
        }
        List<Box> looks = looks(sightings);
        if (looks.isEmpty()) {
            return Search.TRACKED;
        }
        boolean most = Regions.cover(Regions.around(looks, frame.width(), frame.height()), frame);
        return most ? Search.FULL : Search.REGIONS;
    }

    /** Whether motion is worth a search already. */
    private boolean ready(long sinceMillis) {
        long interval = rules.motionIntervalMillis();
        return 2 * searchMillis > interval
                ? sinceMillis >= 2 * searchMillis
                : sinceMillis >= interval || framesSinceSearch >= MOTION_FRAMES;
    }

    private static Box grown(Box box, double part, Frame frame) {
        return Regions.grown(box, part, frame.width(), frame.height());
    }

    private static List<Box> looks(List<Sighting> sightings) {
        return sightings.stream().filter(s -> !s.sure()).map(Sighting::place).toList();
    }

    private List<FaceDetection> find(
            Stages stages, Frame frame, Search search, List<Sighting> sightings)
            throws StaleStageException, AnalysisException {
        if (search == Search.FULL) {
            wanted = false;
            return searching.whole(stages, frame, areas);
        }
        return search == Search.REGIONS
                ? searching.around(stages, frame, looks(sightings), areas)
                : List.of();
    }

    /**
     * What the search says of one track: a detected face that is surely its own needs no encoding;
     * a face that was looked for and is not there is not told of.
     */
    private void confirm(
            Sighting sighting,
            List<Sighting> all,
            Search search,
            List<RecognizedFace> faces,
            List<FaceDetection> unsure) {
        List<FaceDetection> near = sighting.near(detected);
        if (!sighting.sure()) {
            if (near.isEmpty()) {
                sighting.follower().missed();
                wanted |= search == Search.REGIONS;
            }
        } else if (near.isEmpty() && search == Search.FULL) {
            sighting.follower().missed();
        } else if (near.isEmpty()) {
            faces.add(sighting.followed(sighting.follower().face()));
        } else if (near.size() == 1 && sighting.owns(near.get(0), all)) {
            faces.add(sighting.followed(near.get(0)));
            unsure.remove(near.get(0));
        } else {
            sighting.track().doubt();
        }
    }
}
