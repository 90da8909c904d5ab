// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.StoreException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Optional;

/**
 * Sees to it that everybody is encoded with the encoder in use, and brings the next one into use.
 * Woken when a model comes or goes, and now and then for people who were added.
 */
final class UpdateThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UpdateThread.class);
    private static final long TICK_MILLIS = 1000;
    private static final long LONGEST_TICK_MILLIS = 60_000;
    private static final long STOP_MILLIS = 3000;
    private static final String NO_STORE = "the condition store says why";

    private final Parts parts;
    private final LiveFaces live;
    private final Settings settings;
    private final Thread thread = new Thread(this::run, "facegate-model-update");
    private volatile Optional<ModelKey> asked = Optional.empty();
    private volatile Optional<Update> update = Optional.empty();
    private volatile Optional<Offer> refused = Optional.empty();

    /** With which those are encoded who were not; for a moment also after it was gone back from. */
    private volatile Optional<ModelKey> keptUp = Optional.empty();

    private volatile Optional<ModelCoverage> coverage = Optional.empty();
    private volatile boolean closed;
    private volatile boolean interrupted;

    /** While encodings are cleared none of their model are made, and nobody goes back to it. */
    private final Object choosing = new Object();

    private boolean woken;
    private String problem = "";
    private int failures;

    /** What was looked at last: while that is the same nothing is to be done. */
    private Optional<Seen> seen = Optional.empty();

    private record Seen(ModelKey model, EncodingStore store, long revision) {}

    UpdateThread(Parts parts, LiveFaces live, Settings settings) {
        this.parts = parts;
        this.live = live;
        this.settings = settings;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Something changed: looks at once. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Gives up what it is at, and begins anew with what is wanted now. */
    synchronized void ask(Optional<ModelKey> model) {
        asked = model;
        interrupted = true;
        wake();
    }

    /** Goes back to the encoder before; what a person asked for is given up. */
    Optional<ModelKey> rollBack() throws IOException {
        Optional<ModelKey> now;
        synchronized (choosing) {
            now = parts.choice().goBack();
        }
        ask(Optional.empty());
        return now;
    }

    /**
     * Removes the encodings of an encoder that is neither in use nor on its way.
     *
     * @param force also of the previous one, to which one cannot go back any more then
     * @throws IllegalArgumentException why not
     */
    ClearedEncodings clear(ModelKey model, boolean force) throws StoreException, IOException {
        Reencoding faces =
                parts.reencoding()
                        .orElseThrow(() -> new StoreException("there is no store: " + NO_STORE));
        synchronized (choosing) {
            Clearing.require(model, force, isOnItsWay(model), parts.choice());
            // first: a previous encoder without encodings must not be gone back to
            parts.choice().forget(model);
            return faces.clear(model);
        }
    }

    /** To be asked before what is in use: the one becomes the other. */
    private boolean isOnItsWay(ModelKey model) {
        Optional<ModelKey> key = Optional.of(model);
        return asked.equals(key)
                || keptUp.equals(key)
                || update.filter(u -> u.model().key().equals(model)).isPresent();
    }

    UpdateStatus status() {
        Optional<Update> now = update;
        return new UpdateStatus(
                parts.encoder().map(encoder -> encoder.model().key()),
                coverage,
                parts.choice().choice().previous(),
                now.isPresent() ? now.map(Update::offer) : refused);
    }

    private void run() {
        while (!closed) {
            try {
                interrupted = false;
                step();
                problem = "";
                failures = 0;
            } catch (InterruptedException e) {
                return;
            } catch (StaleServiceException e) {
                LOG.debug("A part has just been exchanged", e);
            } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
                // of an engine or a store that is no good, or is just being exchanged
                tell(e);
            }
            awaitNews();
        }
    }

    /** In the log once, until something else is wrong; to whoever asks for as long as it is so. */
    private void tell(Throwable e) {
        failures++;
        String now = e.getMessage() == null ? e.toString() : e.getMessage();
        update.ifPresent(u -> u.hindered(now));
        if (!now.equals(problem)) {
            LOG.warn("The encoder cannot be updated now, it is tried again: {}", now, e);
        }
        problem = now;
    }

    private synchronized void awaitNews() {
        try {
            if (!woken && !closed) {
                wait(tick());
            }
            woken = false;
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** What goes wrong again and again is tried less and less often. */
    private long tick() {
        int doublings = Math.min(10, Math.max(0, failures - 1));
        return Math.min(LONGEST_TICK_MILLIS, TICK_MILLIS << doublings);
    }

    private boolean isStopped() {
        return closed || interrupted;
    }

    private void step() throws StoreException, IOException, InterruptedException {
        keepUp();
        if (!parts.choice().settled()) {
            return;
        }
        Offers offers = new Offers(parts.registry(), parts.choice());
        Optional<ModelInfo> target = offers.target(asked);
        if (target.isEmpty()) {
            parts.choice().tryOut(Optional.empty());
            update = Optional.empty();
            refused = offers.refused().map(Update::refused);
            return;
        }
        if (update.filter(u -> u.model().key().equals(target.get().key())).isEmpty()) {
            synchronized (choosing) {
                update =
                        Optional.of(
                                new Update(parts, live, settings, target.get(), this::isStopped));
            }
        }
        boolean wanted = asked.equals(Optional.of(target.get().key()));
        if (update.get().advance(wanted)) {
            fulfilled(target.get().key());
            update = Optional.empty();
            seen = Optional.empty();
        }
    }

    /** Another one may have been asked for meanwhile. */
    private synchronized void fulfilled(ModelKey model) {
        asked = asked.filter(key -> !key.equals(model));
    }

    /**
     * Encodes with the encoder in use who is not: those added with the one before, or brought back.
     */
    private void keepUp() throws StoreException, InterruptedException {
        Optional<FaceEncoder> encoder =
                parts.encoder()
                        .filter(e -> parts.choice().served().equals(Optional.of(e.model().key())));
        Optional<Reencoding> faces = parts.reencoding();
        Optional<EncodingStore> store = parts.store();
        if (encoder.isEmpty() || faces.isEmpty() || store.isEmpty()) {
            coverage = Optional.empty();
            seen = Optional.empty();
            return;
        }
        ModelKey model = encoder.get().model().key();
        long revision = store.get().gallery().revision();
        Optional<Seen> now = Optional.of(new Seen(model, store.get(), revision));
        if (now.equals(seen)) {
            return;
        }
        if (!beginsToKeepUp(model)) {
            return;
        }
        try {
            FreeTime time = new FreeTime(parts::framesInWork);
            new Encoding(faces.get(), encoder.get(), time).run(done -> {}, this::isStopped);
        } finally {
            keptUp = Optional.empty();
        }
        coverage = Optional.of(faces.get().coverage(model));
        if (!isStopped()) {
            seen = now;
        }
    }

    /** False when somebody has just gone back from the model: it may be cleared. */
    private boolean beginsToKeepUp(ModelKey model) {
        synchronized (choosing) {
            boolean served = parts.choice().served().equals(Optional.of(model));
            keptUp = served ? Optional.of(model) : Optional.empty();
            return served;
        }
    }

    /** Ends within 3 seconds; what was done is kept. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
