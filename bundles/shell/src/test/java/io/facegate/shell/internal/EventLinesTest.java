// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.frame.Box;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.recognition.Strategy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class EventLinesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T22:41:03.120Z");
    private static final ModelInfo MODEL =
            new ModelInfo("dlib-resnet-v1", ModelKind.ENCODER, "dlib", "1.0.0", "ab", "cd");
    private final EventLine format = new EventLine(ZoneOffset.UTC);

    private static RecognitionEvent event(RecognitionEvent.Type type, Match match) {
        return event(type, match, Optional.empty());
    }

    private static RecognitionEvent event(
            RecognitionEvent.Type type, Match match, Optional<UUID> unknownId) {
        return new RecognitionEvent(
                type,
                "t1",
                7,
                "front",
                NOW,
                NOW.minusMillis(2500),
                type == RecognitionEvent.Type.END ? Optional.of(NOW) : Optional.empty(),
                Duration.ofMillis(2500),
                Optional.empty(),
                match,
                unknownId,
                0.6,
                Strategy.CONSENSUS,
                new Box(10, 20, 110, 120),
                640,
                480,
                Optional.empty(),
                MODEL,
                "hog",
                StageTimes.ZERO);
    }

    private static Match known(String name, double distance) {
        return new Match(
                Optional.of(UUID.nameUUIDFromBytes(new byte[] {1})),
                Optional.of(name),
                OptionalDouble.of(distance),
                3,
                4,
                OptionalDouble.empty());
    }

    private static Match alice() {
        return known("Alice", 0.412);
    }

    @Test
    void lineHasTimeCameraNameDistanceAndBox() {
        assertThat(format.of(event(RecognitionEvent.Type.NEW, alice())))
                .isEqualTo(
                        "22:41:03.120 front    new     Alice                0.412 (66 %)   [10,20,110,120]");
    }

    @Test
    void unknownFaceAndEndOfATrack() {
        assertThat(format.of(event(RecognitionEvent.Type.END, Match.NONE)))
                .isEqualTo(
                        "22:41:03.120 front    end     unknown              -              [10,20,110,120]"
                                + " seen 2.5 s");
    }

    @Test
    void unknownPersonHasTheBeginOfTheId() {
        UUID id = UUID.fromString("a1b2c3d4-3f0e-4b51-9a7c-5d2e8c41f0b6");
        assertThat(format.of(event(RecognitionEvent.Type.NEW, Match.NONE, Optional.of(id))))
                .isEqualTo(
                        "22:41:03.120 front    new     unknown a1b2c3d4     -              [10,20,110,120]");
    }

    @Test
    void lineBreakInANameStaysInItsLine() {
        Match match = known("A\nfake", 0.4);
        assertThat(format.of(event(RecognitionEvent.Type.NEW, match))).doesNotContain("\n");
    }

    @Test
    void everyEventIsPrintedBeforeTheEnd() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        EventLines lines = new EventLines(out, format, 100, () -> {});
        for (int i = 0; i < 50; i++) {
            lines.offer(event(RecognitionEvent.Type.NEW, alice()));
        }
        lines.close();
        lines.close();
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(50);
    }

    @Test
    void blockedReaderHoldsNobodyUpAndMissedEventsAreCounted() throws InterruptedException {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutputStream blocked =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] b, int off, int len) {
                        writing.countDown();
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        bytes.write(b, off, len);
                    }
                };
        EventLines lines =
                new EventLines(
                        new PrintStream(blocked, true, StandardCharsets.UTF_8),
                        format,
                        2,
                        () -> {});
        lines.offer(event(RecognitionEvent.Type.NEW, alice()));
        assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 5; i++) {
            lines.offer(event(RecognitionEvent.Type.NEW, alice()));
        }
        go.countDown();
        lines.close();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("(3 events could not be printed here)");
    }

    @Test
    void idleWorkIsDoneBetweenEvents() throws InterruptedException {
        CountDownLatch idle = new CountDownLatch(2);
        EventLines lines = new EventLines(System.out, format, 2, idle::countDown);
        assertThat(idle.await(10, TimeUnit.SECONDS)).isTrue();
        lines.close();
    }
}
