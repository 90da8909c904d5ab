// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.UpdateStatus.LiveComparison;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.EncodingStore;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** An encoder that is tried looks at the faces that the one in use looks at. */
final class Shadow {
    private static final long POLL_MILLIS = 100;

    private final Parts parts;
    private final LiveFaces live;
    private LiveComparison result = new LiveComparison(0, 0, 0, 0, 0);

    Shadow(Parts parts, LiveFaces live) {
        this.parts = parts;
        this.live = live;
    }

    /**
     * Blocks until the time is over or so many faces were looked at.
     *
     * @param news told of each face
     * @param stopped asked again and again whether to give up
     */
    void run(
            FaceEncoder candidate,
            Settings settings,
            Consumer<LiveComparison> news,
            BooleanSupplier stopped)
            throws InterruptedException {
        Optional<FaceEncoder> inUse = parts.encoder();
        long seconds = settings.shadowSeconds();
        if (inUse.isEmpty() || seconds == 0) {
            return;
        }
        int most = settings.shadowFaces();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        live.begin(inUse.get().model().key());
        try {
            news.accept(result);
            while (result.faces() < most && System.nanoTime() < end && !stopped.getAsBoolean()) {
                Optional<LiveFaces.Seen> next = live.next(POLL_MILLIS);
                if (next.isPresent()) {
                    look(candidate, next.get());
                    news.accept(result);
                }
            }
        } finally {
            live.end();
        }
    }

    private void look(FaceEncoder candidate, LiveFaces.Seen seen) {
        Optional<FaceMatcher> matcher = parts.matcher();
        Optional<EncodingStore> store = parts.store();
        if (matcher.isEmpty() || store.isEmpty()) {
            return;
        }
        FaceDescriptor face = candidate.encode(List.of(seen.chip())).get(0);
        Optional<UUID> person =
                store.get()
                        .gallery()
                        .section(face.model())
                        .map(
                                section ->
                                        matcher.get()
                                                .match(
                                                        face,
                                                        section,
                                                        Strategy.VOTE,
                                                        parts.tolerances().of(candidate.model()),
                                                        1))
                        .flatMap(Match::personId);
        Optional<UUID> before = seen.person();
        boolean same = person.equals(before);
        result =
                new LiveComparison(
                        result.faces() + 1,
                        result.same() + count(same),
                        result.found() + count(!same && before.isEmpty()),
                        result.lost() + count(!same && person.isEmpty()),
                        result.other() + count(!same && before.isPresent() && person.isPresent()));
    }

    private static int count(boolean one) {
        return one ? 1 : 0;
    }
}
