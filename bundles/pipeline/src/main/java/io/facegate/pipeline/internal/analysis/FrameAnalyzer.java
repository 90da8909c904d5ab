// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.status.StaleServiceException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends a frame through one consistent set of stages. Thread-safe; blocks. */
public final class FrameAnalyzer {
    private final StageCapture capture;

    /**
     * @param capture where each frame gets its stages
     */
    public FrameAnalyzer(StageCapture capture) {
        this.capture = capture;
    }

    /**
     * Detects, encodes and matches the faces of a frame. A stage closed meanwhile: all are captured
     * again and the same frame is redone, once.
     *
     * @param processingWidth width at which faces are looked for; 0 = the frame's own
     * @param waitMillis longest wait for missing stages
     */
    public Analysis analyze(
            Frame frame, RecognitionOptions options, int processingWidth, long waitMillis)
            throws AnalysisException {
        Finder finder = stages -> find(stages, frame, options, processingWidth);
        return analyze(options, waitMillis, stages -> pass(stages, frame, options, finder));
    }

    /** What is done with a frame and one set of stages. */
    public interface Pass {
        /** Works on the frame with these stages. */
        Analysis run(Stages stages) throws StaleStageException, AnalysisException;
    }

    /**
     * Does something else with a frame, in the same way.
     *
     * @param pass run once, or twice when a stage was closed meanwhile
     */
    public Analysis analyze(RecognitionOptions options, long waitMillis, Pass pass)
            throws AnalysisException {
        Stages stages = captured(options, waitMillis, Optional.empty());
        try {
            return pass.run(stages);
        } catch (StaleStageException stale) {
            Stages again = another(stale, stages, options, waitMillis);
            try {
                return pass.run(again);
            } catch (StaleStageException twice) {
                throw AnalysisException.missing(List.of(partOf(twice.stage(), again, options)));
            }
        }
    }

    /** Stages without the stale one. One whose class is missing for good has failed. */
    private Stages another(
            StaleStageException stale, Stages stages, RecognitionOptions options, long waitMillis)
            throws AnalysisException {
        try {
            return captured(options, waitMillis, Optional.of(stale.stage()));
        } catch (AnalysisException missing) {
            if (stale.lacksClass()) {
                String part = partOf(stale.stage(), stages, options);
                throw AnalysisException.failed(part, stale.getCause());
            }
            throw missing;
        }
    }

    private Stages captured(RecognitionOptions options, long waitMillis, Optional<Object> stale)
            throws AnalysisException {
        try {
            return capture.capture(options.detectionMethod(), waitMillis, stale);
        } catch (RuntimeException | Error e) {
            throw AnalysisException.failed("encoder or store", e);
        }
    }

    /** How the faces of a frame are found. */
    public interface Finder {
        /** Finds them with these stages. */
        List<FaceDetection> find(Stages stages) throws StaleStageException, AnalysisException;
    }

    /** Finds, encodes and matches the faces of a frame with these stages. */
    public static Analysis pass(
            Stages stages, Frame frame, RecognitionOptions options, Finder finder)
            throws StaleStageException, AnalysisException {
        Stopwatch watch = new Stopwatch();
        List<FaceDetection> found = finder.find(stages);
        double detect = watch.lap();
        Recognized recognized = recognize(stages, frame, found, options);
        return new Analysis(
                stages,
                recognized.faces(),
                Search.FULL,
                detect,
                0,
                recognized.encodeMillis(),
                recognized.matchMillis());
    }

    /** Faces with their matches, in the order they were found. */
    public record Recognized(List<RecognizedFace> faces, double encodeMillis, double matchMillis) {}

    /** Encodes and matches faces. */
    public static Recognized recognize(
            Stages stages, Frame frame, List<FaceDetection> found, RecognitionOptions options)
            throws StaleStageException, AnalysisException {
        if (found.isEmpty()) {
            return new Recognized(List.of(), 0, 0);
        }
        Stopwatch watch = new Stopwatch();
        Encoded encoded = encode(stages, frame, found);
        double encode = watch.lap();
        List<RecognizedFace> faces = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            FaceDescriptor descriptor = encoded.descriptors().get(i);
            faces.add(
                    new RecognizedFace(
                            found.get(i),
                            Optional.of(encoded.landmarks().get(i)),
                            Optional.of(encoded.chips().get(i)),
                            Optional.of(descriptor),
                            match(stages, descriptor, options),
                            Optional.empty()));
        }
        return new Recognized(faces, encode, watch.lap());
    }

    /** What is made of each face found, in order. */
    private record Encoded(
            List<Landmarks> landmarks, List<FaceChip> chips, List<FaceDescriptor> descriptors) {}

    private static Encoded encode(Stages stages, Frame frame, List<FaceDetection> found)
            throws StaleStageException, AnalysisException {
        LandmarkDetector predictor = stages.landmarks();
        FaceEncoder encoder = stages.encoder();
        int faces = found.size();
        List<Box> boxes = found.stream().map(FaceDetection::box).toList();
        List<Landmarks> landmarks =
                call("landmarks", predictor, faces, () -> predictor.landmarks(frame, boxes));
        List<FaceChip> chips =
                call("encoder", encoder, faces, () -> encoder.align(frame, landmarks));
        List<FaceDescriptor> descriptors =
                call("encoder", encoder, faces, () -> encoder.encode(chips));
        return new Encoded(landmarks, chips, descriptors);
    }

    /**
     * Detects faces.
     *
     * @param processingWidth width at which they are looked for; 0 = the frame's own
     */
    public static List<FaceDetection> find(
            Stages stages, Frame frame, RecognitionOptions options, int processingWidth)
            throws StaleStageException, AnalysisException {
        Frame small = FrameScaler.narrow(frame, processingWidth);
        DetectionOptions scaled = options.detection().scaled(small.width(), frame.sourceWidth());
        List<FaceDetection> found =
                call(
                        "detector/" + options.detectionMethod(),
                        stages.detector(),
                        -1,
                        () -> stages.detector().detect(small, scaled));
        return found.stream()
                .map(f -> new FaceDetection(FrameScaler.enlarge(f.box(), small, frame), f.score()))
                .toList();
    }

    private static Match match(Stages stages, FaceDescriptor descriptor, RecognitionOptions options)
            throws StaleStageException, AnalysisException {
        FaceMatcher matcher = stages.matcher();
        try {
            return stages.gallery()
                    .section(descriptor.model())
                    .map(
                            section ->
                                    matcher.match(
                                            descriptor,
                                            section,
                                            options.strategy(),
                                            options.tolerances().of(stages.model()),
                                            options.k()))
                    .orElse(Match.NONE);
        } catch (StaleServiceException | NoClassDefFoundError e) {
            throw new StaleStageException(matcher, e);
        } catch (RuntimeException | Error e) {
            throw AnalysisException.failed("matcher", e);
        }
    }

    /** Calls a stage; {@code expected} results, or any number when negative. */
    private static <T> List<T> call(String part, Object stage, int expected, Supplier<List<T>> work)
            throws StaleStageException, AnalysisException {
        List<T> results;
        try {
            results = List.copyOf(work.get());
        } catch (StaleServiceException | NoClassDefFoundError e) {
            throw new StaleStageException(stage, e);
        } catch (RuntimeException | Error e) {
            throw AnalysisException.failed(part, e);
        }
        if (expected >= 0 && results.size() != expected) {
            throw AnalysisException.failed(
                    part,
                    new IllegalStateException(
                            results.size() + " results for " + expected + " faces"));
        }
        return results;
    }

    private static String partOf(Object stage, Stages stages, RecognitionOptions options) {
        if (stage == stages.detector()) {
            return "detector/" + options.detectionMethod();
        }
        if (stage == stages.landmarks()) {
            return "landmarks";
        }
        if (stages.trackers().filter(t -> t == stage).isPresent()) {
            return "tracker";
        }
        return stage == stages.matcher() ? "matcher" : "encoder";
    }
}
