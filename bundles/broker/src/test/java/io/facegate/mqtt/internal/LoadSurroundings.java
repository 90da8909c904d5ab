// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.frame.Box;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.api.outbox.Outbox;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.recognition.Strategy;
import io.facegate.mqtt.internal.gateway.Surroundings;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/** A gateway without cameras that has an outbox, and the events it is given. */
final class LoadSurroundings {
    /** Events of each track. */
    static final int TRACK = 10;

    private static final int AT_ONCE = 7;
    private static final ModelInfo MODEL =
            new ModelInfo("dlib-resnet-v1", ModelKind.ENCODER, "dlib", "1.0.0", "ab12", "cd34");
    private static final Instant START = Instant.parse("2026-11-23T20:00:00.123456Z");
    private static final UUID ALICE = UUID.fromString("0b5e7d64-53a1-4f0c-9c8b-0e2b7f1c9a11");

    private LoadSurroundings() {}

    /**
     * The event of a sequence number; the zone is the moment, as System.nanoTime() has it.
     *
     * @param run of the process: tracks do not go on in another
     */
    static RecognitionEvent event(long seq, long run) {
        long nth = (seq - 1) / AT_ONCE;
        Type type = nth % TRACK == 0 ? Type.NEW : nth % TRACK == TRACK - 1 ? Type.END : Type.UPDATE;
        return new RecognitionEvent(
                type,
                "t" + (seq - 1) % AT_ONCE + "-" + nth / TRACK + "-" + run,
                seq,
                "front",
                START.plusMillis(1500),
                START,
                type == Type.END ? Optional.of(START.plusMillis(1500)) : Optional.empty(),
                Duration.ofMillis(1500),
                Optional.of(true),
                new Match(
                        Optional.of(ALICE),
                        Optional.of("Alice"),
                        OptionalDouble.of(0.4),
                        4,
                        5,
                        OptionalDouble.empty()),
                Optional.empty(),
                0.6,
                Strategy.CONSENSUS,
                new Box(10, 20, 110, 140),
                640,
                480,
                Optional.of(Long.toString(System.nanoTime())),
                MODEL,
                "hog",
                new StageTimes(1.234, 55.55, 0.51, 9.06, 0.04, 65.987));
    }

    /** A gateway that has nothing but an outbox. */
    static Surroundings with(Outbox outbox) {
        return (Surroundings)
                Proxy.newProxyInstance(
                        LoadSurroundings.class.getClassLoader(),
                        new Class<?>[] {Surroundings.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("outbox")
                                        ? Optional.of(outbox)
                                        : nothing(method.getReturnType()));
    }

    private static Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return true;
        }
        if (type == Map.class) {
            return Map.of();
        }
        return type == List.class ? List.of() : Optional.empty();
    }
}
