// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.StageTimes;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.onnx.internal.SmallEncoders;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** People who stay are before a camera all the time, and each must be told, whatever is in use. */
final class SeenFrames {
    /** Frames after which it is said again how many were told. */
    private static final int SAID = 10;

    private static final long PAUSE_NANOS = 4_000_000;

    private final Parts parts;
    private final LiveFaces live;
    private final Consumer<String> say;
    private final Thread thread = new Thread(this::run, "frames");
    private volatile boolean ended;
    private int told;

    SeenFrames(Parts parts, LiveFaces live, Consumer<String> say) {
        this.parts = parts;
        this.live = live;
        this.say = say;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void end() throws InterruptedException {
        ended = true;
        thread.join();
    }

    private void run() {
        try {
            for (long seed = 0; !ended; seed++) {
                String name = UpdatingProcess.SEEN.get((int) (seed % UpdatingProcess.SEEN.size()));
                frame(name, seed);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (RuntimeException e) {
            say.accept("wrong: a frame failed: " + e);
        }
    }

    private void frame(String name, long seed) {
        FaceEncoder encoder = parts.encoder().orElseThrow();
        Gallery gallery = parts.store().orElseThrow().gallery();
        if (!encoder.equals(parts.encoder().orElseThrow())) {
            return; // changed between the two: a frame takes both at once
        }
        FaceChip chip = SmallEncoders.face(name, seed);
        FaceDescriptor face = encoder.encode(List.of(chip)).get(0);
        Optional<GallerySection> section = gallery.section(face.model());
        Match match =
                section.map(
                                s ->
                                        parts.matcher()
                                                .orElseThrow()
                                                .match(
                                                        face,
                                                        s,
                                                        Strategy.VOTE,
                                                        encoder.model().encoder().tolerance(),
                                                        1))
                        .orElse(Match.NONE);
        if (!match.name().equals(Optional.of(name))) {
            say.accept(
                    "wrong: %s was told as %s by %s, of %s encodings"
                            .formatted(
                                    name,
                                    match,
                                    face.model().id(),
                                    section.map(s -> "" + s.size()).orElse("no")));
        }
        told++;
        if (told % SAID == 0) {
            say.accept("frames " + SAID);
        }
        live.add(
                new FrameResult(
                        Frame.rgb("door", seed, Instant.EPOCH, 1, 1, new byte[3]),
                        Outcome.RECOGNIZED,
                        List.of(
                                new RecognizedFace(
                                        new FaceDetection(new Box(0, 0, 1, 1), 1),
                                        Optional.empty(),
                                        Optional.of(chip),
                                        Optional.of(face),
                                        match,
                                        Optional.empty())),
                        StageTimes.ZERO,
                        ""));
    }
}
