// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.model.ModelKey;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.RecognizedFace;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Faces before the cameras on their way to an encoder that is tried. While nobody tries one none is
 * kept; when it is slower than the cameras, those that find no room are not looked at.
 */
final class LiveFaces {
    private static final int ROOM = 16;

    private final BlockingQueue<Seen> seen = new ArrayBlockingQueue<>(ROOM);
    private volatile Optional<ModelKey> wanted = Optional.empty();

    /**
     * A face as the encoder in use told it.
     *
     * @param person who; empty when unknown
     */
    record Seen(FaceChip chip, Optional<UUID> person) {}

    /** Begins to keep faces that a model told. */
    void begin(ModelKey model) {
        seen.clear();
        wanted = Optional.of(model);
    }

    /** Keeps none any more. */
    void end() {
        wanted = Optional.empty();
        seen.clear();
    }

    /** Called for every frame: returns at once. */
    void add(FrameResult result) {
        if (wanted.isEmpty()) {
            return;
        }
        for (RecognizedFace face : result.faces()) {
            boolean told =
                    face.descriptor().map(d -> wanted.equals(Optional.of(d.model()))).orElse(false);
            if (told && face.chip().isPresent() && face.problem().isEmpty()) {
                seen.offer(new Seen(face.chip().get(), face.match().personId()));
            }
        }
    }

    /** The next face; empty when none comes within the time. */
    Optional<Seen> next(long millis) throws InterruptedException {
        return Optional.ofNullable(seen.poll(millis, TimeUnit.MILLISECONDS));
    }
}
