// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.CandidateEncoder;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.UpdateStatus.GalleryComparison;
import io.facegate.api.model.UpdateStatus.LiveComparison;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.model.UpdateStatus.Phase;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.StoreException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Brings one encoder from being offered to being used; for one thread. What it is at can be read by
 * any thread.
 */
final class Update {
    private static final Logger LOG = LoggerFactory.getLogger(Update.class);

    private final Parts parts;
    private final LiveFaces live;
    private final Settings settings;
    private final ModelInfo model;
    private final BooleanSupplier stopped;
    private volatile Offer offer;
    private long begun;

    /** The gallery for which it waits; while that is the same it goes on waiting. */
    private long waitsFor = -1;

    private boolean looked;
    private boolean admitted;

    /**
     * @param stopped asked again and again whether to give up
     */
    Update(
            Parts parts,
            LiveFaces live,
            Settings settings,
            ModelInfo model,
            BooleanSupplier stopped) {
        this.parts = parts;
        this.live = live;
        this.settings = settings;
        this.model = model;
        this.stopped = stopped;
        offer = new Offer(model, Phase.LOADING, 0, 0, 0, "", Optional.empty(), Optional.empty());
    }

    ModelInfo model() {
        return model;
    }

    Offer offer() {
        return offer;
    }

    /** An offer that was refused. */
    static Offer refused(ModelState state) {
        return new Offer(
                state.info(),
                Phase.REFUSED,
                0,
                0,
                0,
                state.message(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Goes on as far as it can now.
     *
     * @param asked whether a person asked for it
     * @return whether it is in use now
     */
    boolean advance(boolean asked) throws StoreException, IOException, InterruptedException {
        if (offer.phase() == Phase.WAITING && revision() == waitsFor && !asked) {
            return false;
        }
        if (!isRoomForIt()) {
            return false;
        }
        parts.choice().tryOut(Optional.of(model.key()));
        Optional<FaceEncoder> encoder = candidate();
        Optional<Reencoding> store = parts.reencoding();
        if (encoder.isEmpty() || store.isEmpty()) {
            return false;
        }
        waitsFor = -1;
        int failed = encode(encoder.get(), store.get());
        if (stopped.getAsBoolean()) {
            return false;
        }
        compareGallery();
        if (!looked && !asked && offer.of() > 0) {
            offer = with(Phase.SHADOW, "", offer.gallery(), Optional.empty());
            new Shadow(parts, live)
                    .run(
                            encoder.get(),
                            settings,
                            news ->
                                    offer =
                                            with(
                                                    Phase.SHADOW,
                                                    "",
                                                    offer.gallery(),
                                                    Optional.of(news)),
                            stopped);
            looked = !stopped.getAsBoolean();
        }
        if (stopped.getAsBoolean()) {
            return false;
        }
        Optional<String> against =
                asked || parts.choice().served().isEmpty()
                        ? Optional.empty()
                        : objection(store.get().coverage(model.key()), failed);
        if (against.isPresent()) {
            waitsFor = revision();
            offer = with(Phase.WAITING, against.get(), offer.gallery(), offer.live());
            return false;
        }
        return activate(encoder.get(), store.get());
    }

    /**
     * Tells why it does not go on; it is tried again.
     *
     * @param why what went wrong
     */
    void hindered(String why) {
        offer = with(offer.phase(), why, offer.gallery(), offer.live());
    }

    /** Before it is loaded; one that is loaded has what it needs. */
    private boolean isRoomForIt() {
        if (admitted) {
            return true;
        }
        Optional<String> lack = parts.memory().lack(model, parts.fileBytes(model));
        if (lack.isPresent()) {
            if (offer.phase() != Phase.REFUSED) {
                LOG.warn("Encoder {} {}: {}", model.id(), model.version(), lack.get());
            }
            // what another one that was tried has taken is given back
            parts.choice().tryOut(Optional.empty());
            offer = with(Phase.REFUSED, lack.get(), offer.gallery(), offer.live());
            return false;
        }
        admitted = true;
        offer = with(Phase.LOADING, "", offer.gallery(), offer.live());
        return true;
    }

    private long revision() {
        return parts.store().map(store -> store.gallery().revision()).orElse(-1L);
    }

    /** Whether it is in use now: somebody may have asked for another one, or gone back. */
    private boolean activate(FaceEncoder encoder, Reencoding store)
            throws StoreException, IOException, InterruptedException {
        // those who were added meanwhile
        new Encoding(store, encoder, freeTime()).run(done -> {}, stopped);
        if (stopped.getAsBoolean()) {
            return false;
        }
        parts.choice().use(model.key());
        parts.choice().tryOut(Optional.empty());
        LOG.info("Encoder {} {} comes into use", model.id(), model.version());
        return true;
    }

    private Optional<FaceEncoder> candidate() {
        return parts.candidates().stream()
                .map(CandidateEncoder::encoder)
                .filter(encoder -> encoder.model().key().equals(model.key()))
                .findFirst();
    }

    private int encode(FaceEncoder encoder, Reencoding store)
            throws StoreException, InterruptedException {
        ModelCoverage coverage = store.coverage(model.key());
        int all = coverage.faces() + coverage.unknownFaces();
        int done = coverage.facesEncoded() + coverage.unknownFacesEncoded();
        begun = System.nanoTime();
        // what hindered it is told until it has got further
        String message = offer.phase() == Phase.WAITING ? "" : offer.message();
        offer =
                new Offer(
                        model,
                        Phase.ENCODING,
                        done,
                        all,
                        0,
                        message,
                        offer.gallery(),
                        offer.live());
        LOG.info("Encoder {}: {} of {} faces are encoded", model.id(), done, all);
        int failed =
                new Encoding(store, encoder, freeTime())
                        .run(faces -> encoded(done, faces), stopped);
        LOG.info("Encoder {}: {} of {} faces are encoded", model.id(), offer.done(), all);
        return failed;
    }

    private void encoded(int before, int faces) {
        int done = Math.min(offer.of(), offer.done() + faces);
        double rate = (done - before) / ((System.nanoTime() - begun) / 1e9);
        offer =
                new Offer(
                        model,
                        Phase.ENCODING,
                        done,
                        offer.of(),
                        rate,
                        "",
                        offer.gallery(),
                        offer.live());
    }

    private FreeTime freeTime() {
        return new FreeTime(parts::framesInWork);
    }

    private void compareGallery() throws InterruptedException {
        Optional<Gallery> gallery = parts.store().map(store -> store.gallery());
        Optional<ModelKey> served = parts.choice().served();
        if (gallery.isEmpty() || served.isEmpty()) {
            return;
        }
        Optional<GallerySection> before = gallery.get().section(served.get());
        Optional<GallerySection> after = gallery.get().section(model.key());
        if (before.isPresent() && after.isPresent()) {
            // first of the one in use, whose a number is that was set for none by name
            double toleranceBefore =
                    parts.encoder()
                            .map(FaceEncoder::model)
                            .filter(used -> used.key().equals(served.get()))
                            .map(parts.tolerances()::of)
                            .orElse(EncoderTraits.DLIB.tolerance());
            double toleranceAfter = parts.tolerances().of(model);
            new LeaveOneOut(toleranceBefore, toleranceAfter, stopped, freeTime())
                    .compare(before.get(), after.get())
                    .ifPresent(
                            comparison ->
                                    offer =
                                            with(
                                                    offer.phase(),
                                                    offer.message(),
                                                    Optional.of(comparison),
                                                    offer.live()));
        }
    }

    /** Why it is not used by itself. */
    private Optional<String> objection(ModelCoverage coverage, int failed) {
        List<String> reasons = new ArrayList<>();
        if (!settings.autoActivate()) {
            reasons.add("autoActivate is off");
        }
        int missing = coverage.faces() - coverage.facesEncoded();
        if (missing > 0) {
            reasons.add(
                    "%d of %d faces cannot be encoded with it%s"
                            .formatted(
                                    missing,
                                    coverage.faces(),
                                    coverage.needPhotos().isEmpty()
                                            ? ""
                                            : ", photos are needed of "
                                                    + String.join(", ", coverage.needPhotos())));
        } else if (failed > 0) {
            reasons.add(
                    failed
                            + " faces of unknown people or counter-examples cannot be encoded with it");
        }
        offer.gallery()
                .map(GalleryComparison::worse)
                .filter(worse -> !worse.isEmpty())
                .ifPresent(
                        worse ->
                                reasons.add(
                                        worse.size() == 1
                                                ? "one person would be told less well"
                                                : worse.size()
                                                        + " people would be told less well"));
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    private Offer with(
            Phase phase,
            String message,
            Optional<GalleryComparison> gallery,
            Optional<LiveComparison> seen) {
        return new Offer(
                model,
                phase,
                offer.done(),
                offer.of(),
                offer.facesPerSecond(),
                message,
                gallery,
                seen);
    }
}
