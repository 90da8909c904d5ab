// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.encoder.Point;
import io.facegate.api.frame.Box;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.sighting.UnknownSighting;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Faces as the pipeline tells them. */
final class Faces {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final ModelKey MODEL = new ModelKey("dlib-resnet-v1", "w");

    private Faces() {}

    /** A descriptor whose distance to another of these is the difference of the values. */
    static FaceDescriptor at(double value) {
        return new FaceDescriptor(MODEL, new float[] {(float) value, 1});
    }

    /** A face of 100 pixels. */
    static UnknownSighting face(String track, Instant seenAt, FaceDescriptor descriptor) {
        Point point = new Point(1, 1);
        return new UnknownSighting(
                track,
                "front",
                seenAt,
                new FaceDetection(new Box(10, 10, 110, 110), 1),
                new Landmarks(List.of(point, point, point, point, point)),
                new FaceChip(1, new byte[3]),
                descriptor);
    }

    /** Of a track that began at the start. */
    static RecognitionEvent event(Type type, Instant at, Match match, Optional<UUID> unknownId) {
        return new RecognitionEvent(
                type,
                "t",
                1,
                "front",
                at,
                START,
                type == Type.END ? Optional.of(at) : Optional.empty(),
                Duration.between(START, at),
                Optional.empty(),
                match,
                unknownId,
                0.5,
                Strategy.CONSENSUS,
                new Box(0, 0, 10, 10),
                640,
                480,
                Optional.empty(),
                new ModelInfo("m", ModelKind.ENCODER, "dlib", "1.0.0", "sha", "w"),
                "hog",
                StageTimes.ZERO);
    }
}
