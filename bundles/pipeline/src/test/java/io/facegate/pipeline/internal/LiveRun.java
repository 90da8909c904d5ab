// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.pipeline.internal.analysis.Analysis;
import io.facegate.pipeline.internal.analysis.AnalysisException;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;
import io.facegate.pipeline.internal.analysis.QualityGates;
import io.facegate.pipeline.internal.analysis.Search;
import io.facegate.pipeline.internal.analysis.StageCapture;
import io.facegate.pipeline.internal.track.FaceTracker;
import io.facegate.pipeline.internal.track.LiveAnalyzer;
import io.facegate.pipeline.internal.track.Stream;
import io.facegate.pipeline.internal.track.TrackNews;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Frames sent through real stages as a camera's pipeline does, one after the other. */
final class LiveRun {
    final List<Stream.News> news = new ArrayList<>();
    final Map<Search, Integer> searches = new EnumMap<>(Search.class);

    /** Of each frame. */
    final Map<Integer, List<RecognizedFace>> faces = new LinkedHashMap<>();

    int encodedFaces;

    /** What the gates said, when they are on. */
    final GateTally tally;

    /** First frame in which somebody is told of, by name; the unknown are called "". */
    final Map<String, Integer> named = new LinkedHashMap<>();

    /** First encoded frame that matches somebody, by name. */
    final Map<String, Integer> matched = new LinkedHashMap<>();

    private LiveRun(boolean gates) {
        tally = new GateTally(gates);
    }

    /** Plays every {@code step}th frame from {@code from} on, captured at their own times. */
    static LiveRun play(
            RealStages stages, Settings settings, IntFunction<Frame> film, int[] range) {
        LiveRun run = new LiveRun(settings.tracks().qualityGates());
        StageCapture capture = new StageCapture(stages);
        FaceTracker tracker = new FaceTracker(settings.tracks(), settings.tracks().minMargin());
        try (LiveAnalyzer live =
                new LiveAnalyzer(
                        new FrameAnalyzer(capture),
                        settings.recognition(),
                        settings.processingWidth(),
                        settings.live())) {
            int last = range[0];
            for (int i = range[0]; i < range[1]; i += range[2]) {
                Frame frame = film.apply(i);
                Analysis found = live.analyze(frame, WatchedAreas.EVERYWHERE, tracker.open(), 0);
                Analysis analysis =
                        settings.tracks().qualityGates() ? QualityGates.judge(found) : found;
                FaceTracker.Tracked tracked = tracker.update(frame, analysis);
                live.learn(frame, tracked.faces(), tracker.open());
                run.note(i, analysis, tracked);
                last = i;
            }
            run.tell(last, tracker.endAll());
        } catch (AnalysisException e) {
            throw new IllegalStateException(e);
        }
        return run;
    }

    List<Type> types() {
        return news.stream().map(Stream.News::type).toList();
    }

    int searches(Search search) {
        return searches.getOrDefault(search, 0);
    }

    private void note(int frame, Analysis analysis, FaceTracker.Tracked tracked) {
        searches.merge(analysis.search(), 1, Integer::sum);
        encodedFaces += analysis.encodedFaces();
        tally.add(analysis);
        faces.put(frame, tracked.faces());
        analysis.faces().stream()
                .filter(face -> face.descriptor().isPresent() && face.match().known())
                .forEach(f -> matched.putIfAbsent(f.match().name().orElseThrow(), frame));
        tell(frame, tracked.news());
    }

    private void tell(int frame, List<TrackNews> told) {
        for (TrackNews one : told) {
            var match = one.track().decided().orElseThrow();
            news.add(new Stream.News(frame, one.type(), one.track().id(), match.name(), match));
            if (one.type() != Type.END) {
                named.putIfAbsent(match.name().orElse(""), frame);
            }
        }
    }
}
