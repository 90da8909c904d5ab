// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.recognition.StageTimes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Knows the faces of each source id, or source id and frame ("name#3"). */
public final class FakeRecognizer implements Recognizer {
    private final Map<String, List<RecognizedFace>> faces = new HashMap<>();
    private String trouble = "";
    public RecognitionOptions lastOptions;

    public FakeRecognizer with(String source, RecognizedFace... found) {
        faces.put(source, List.of(found));
        return this;
    }

    public FakeRecognizer broken(String message) {
        trouble = message;
        return this;
    }

    public static RecognizedFace known(String name, double distance, int left) {
        return known(name, distance, left, 1.5);
    }

    /** {@code score}: the detector's. */
    public static RecognizedFace known(String name, double distance, int left, double score) {
        return face(
                new Match(
                        Optional.of(FakeStore.id(name)),
                        Optional.of(name),
                        OptionalDouble.of(distance),
                        3,
                        4,
                        OptionalDouble.empty()),
                left,
                score);
    }

    public static RecognizedFace unknown(double distance, int left) {
        return face(
                new Match(
                        Optional.empty(),
                        Optional.empty(),
                        OptionalDouble.of(distance),
                        0,
                        0,
                        OptionalDouble.empty()),
                left);
    }

    public static RecognizedFace face(Match match, int left) {
        return face(match, left, 1.5);
    }

    private static RecognizedFace face(Match match, int left, double score) {
        return new RecognizedFace(
                new FaceDetection(new Box(left, 10, left + 50, 60), score),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                match,
                Optional.empty());
    }

    @Override
    public FrameResult recognize(Frame frame, RecognitionOptions options) {
        lastOptions = options;
        if (!trouble.isEmpty()) {
            return new FrameResult(frame, Outcome.FAILED, List.of(), StageTimes.ZERO, trouble);
        }
        List<RecognizedFace> found =
                faces.getOrDefault(
                        frame.sourceId() + "#" + frame.sequence(),
                        faces.getOrDefault(frame.sourceId(), List.of()));
        Outcome outcome = found.isEmpty() ? Outcome.NO_FACE : Outcome.RECOGNIZED;
        return new FrameResult(frame, outcome, found, StageTimes.ZERO, "");
    }
}
