// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.sighting.LastSeen;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

class KnownPeopleTest {
    private static final UUID ANN = UUID.randomUUID();
    private static final Instant LATER = Faces.START.plusSeconds(60);

    private final KnownPeople people = new KnownPeople(() -> 0.6);

    private static Match ann() {
        return new Match(
                Optional.of(ANN),
                Optional.of("Ann"),
                OptionalDouble.of(0.3),
                5,
                5,
                OptionalDouble.empty());
    }

    private static RecognitionEvent event(Type type, Instant at, Match match) {
        return Faces.event(type, at, match, Optional.empty());
    }

    private static FrameResult frame(Instant at) {
        return new FrameResult(
                Frame.rgb("back", 1, at, 1, 1, new byte[3]),
                Outcome.RECOGNIZED,
                List.of(
                        new RecognizedFace(
                                new FaceDetection(new Box(0, 0, 1, 1), 1),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                ann(),
                                Optional.of("t"))),
                StageTimes.ZERO,
                "");
    }

    @Test
    void somebodyIsSeenFromTheEventOnInEveryFrame() {
        people.result(frame(LATER));
        assertThat(people.people()).as("one frame may err").isEmpty();
        people.event(event(Type.NEW, Faces.START, ann()));
        assertThat(people.people().get(ANN)).isEqualTo(new LastSeen(ANN, Faces.START, "front"));
        people.result(frame(LATER));
        assertThat(people.people().get(ANN)).isEqualTo(new LastSeen(ANN, LATER, "back"));
        people.event(event(Type.END, LATER.plusSeconds(1), ann()));
        people.result(frame(LATER.plusSeconds(9)));
        assertThat(people.people().get(ANN).at()).isEqualTo(LATER.plusSeconds(1));
        assertThat(people.tolerance()).isEqualTo(0.5);
    }

    @Test
    void lastSightingsAreWrittenOnceAndReadAgain() {
        people.event(event(Type.NEW, LATER, ann()));
        List<LastSeen> unwritten = people.unwritten();
        assertThat(unwritten).containsExactly(new LastSeen(ANN, LATER, "front"));
        people.written(unwritten);
        assertThat(people.unwritten()).isEmpty();
        people.load(Map.of(ANN, unwritten.get(0)));
        people.event(event(Type.UPDATE, Faces.START, ann()));
        assertThat(people.people().get(ANN).at()).as("never back").isEqualTo(LATER);
    }

    @Test
    void erasedPersonIsNotSeenAnyMore() {
        people.event(event(Type.NEW, LATER, ann()));
        assertThat(people.forget(ANN)).isTrue();
        people.result(frame(LATER.plusSeconds(1)));
        assertThat(people.people()).isEmpty();
        assertThat(people.unwritten()).isEmpty();
        assertThat(people.forget(ANN)).isFalse();
    }
}
