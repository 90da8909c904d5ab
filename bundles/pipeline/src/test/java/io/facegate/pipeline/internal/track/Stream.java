// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.Gallery;
import io.facegate.matcher.internal.MatcherComponent;
import io.facegate.pipeline.internal.analysis.Analysis;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.analysis.Search;
import io.facegate.pipeline.internal.analysis.Stages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Frames with known faces through a tracker, 30 per second, and what it told. */
public final class Stream {
    private static final FaceMatcher MATCHER = new MatcherComponent();
    private static final long FRAME_MILLIS = 33;

    /** A face put into a frame. */
    record Face(Box box, FaceDescriptor descriptor, Optional<QualityProblem> problem) {
        Face(Box box, FaceDescriptor descriptor) {
            this(box, descriptor, Optional.empty());
        }

        /** The same, not good enough to count. */
        Face but(QualityProblem found) {
            return new Face(box, descriptor, Optional.of(found));
        }
    }

    /** What was told of a track, and of which frame. */
    public record News(long frame, Type type, String track, Optional<String> name, Match match) {}

    final List<News> news = new ArrayList<>();
    Gallery gallery;
    long frameMillis = FRAME_MILLIS;

    /** By how much somebody set the clock. */
    Duration clockAhead = Duration.ZERO;

    private final FaceTracker tracker;
    private final Strategy strategy;
    private long millis;

    Stream(Gallery gallery) {
        this(gallery, TrackRules.DEFAULT, Strategy.CONSENSUS);
    }

    Stream(Gallery gallery, TrackRules rules, Strategy strategy) {
        this.gallery = gallery;
        this.strategy = strategy;
        tracker = new FaceTracker(rules, strategy == Strategy.CONSENSUS ? rules.minMargin() : 0);
    }

    /** A frame; returns the faces as a listener would see them. */
    List<RecognizedFace> frame(long number, Face... faces) {
        millis += frameMillis;
        Frame frame =
                Frame.rgb(
                        "front",
                        number,
                        new CaptureTime(
                                Fakes.START.plus(clockAhead).plusMillis(millis),
                                TimeUnit.MILLISECONDS.toNanos(millis)),
                        640,
                        360,
                        new byte[691200]);
        Fakes.Encoder encoder = Fakes.Encoder.of("dlib-resnet-v1");
        Stages stages =
                new Stages(
                        Fakes.Detector.of(),
                        new Fakes.FivePoints(),
                        encoder,
                        encoder.model(),
                        MATCHER,
                        Optional.empty(),
                        Optional.empty(),
                        Fakes.Store.of(gallery),
                        gallery);
        List<RecognizedFace> recognized = new ArrayList<>();
        for (Face face : faces) {
            Match match =
                    gallery.section(face.descriptor().model())
                            .map(s -> MATCHER.match(face.descriptor(), s, strategy, 0.6, 3))
                            .orElse(Match.NONE);
            recognized.add(
                    new RecognizedFace(
                            new FaceDetection(face.box(), 1),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(face.descriptor()),
                            match,
                            Optional.empty(),
                            face.problem()));
        }
        FaceTracker.Tracked tracked =
                tracker.update(frame, new Analysis(stages, recognized, Search.FULL, 0, 0, 0, 0));
        note(number, tracked.news());
        return tracked.faces();
    }

    /** Says of the track told of last that it is not a person. */
    void reject(UUID person) {
        tracker.reject(news.get(news.size() - 1).track(), person);
    }

    /** The stream is over. */
    void end(long number) {
        note(number, tracker.endAll());
    }

    List<Type> types() {
        return news.stream().map(News::type).toList();
    }

    private void note(long number, List<TrackNews> told) {
        for (TrackNews one : told) {
            Match match = one.track().decided().orElseThrow();
            news.add(new News(number, one.type(), one.track().id(), match.name(), match));
        }
    }
}
