// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.model.UpdateStatus.Phase;
import io.facegate.api.store.KeptFace;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.StoreException;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.Progress;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits while people are encoded, and tells how far it is. For one thread. */
final class ModelProgress {
    private static final long LOOK_MILLIS = 500;
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

    /** So long nothing goes on before it is taken for all that can be done. */
    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Parts around;
    private final Progress progress;
    private String told = "";

    ModelProgress(Parts around, Progress progress) {
        this.around = around;
        this.progress = progress;
    }

    /**
     * Waits until an encoder is in use, for an hour at most: it goes on without anybody waiting.
     *
     * @throws RefusedException it will not be used; the message says why
     */
    void awaitUse(ModelUpdates updates, ModelKey wanted)
            throws RefusedException, InterruptedException {
        long start = System.nanoTime();
        boolean begun = false;
        while (System.nanoTime() - start < LONGEST_NANOS) {
            UpdateStatus status = updates.status();
            if (status.inUse().equals(Optional.of(wanted))) {
                return;
            }
            Optional<Offer> offer = status.offer().filter(o -> o.model().key().equals(wanted));
            if (offer.isPresent()) {
                begun = true;
                tell(offer.get());
            } else if (begun && status.offer().isPresent()) {
                throw new RefusedException(
                        ErrorCode.FAILED, "another encoder was chosen meanwhile");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private void tell(Offer offer) throws RefusedException {
        if (offer.phase() == Phase.REFUSED) {
            throw new RefusedException(ErrorCode.FAILED, "it was refused: " + offer.message());
        }
        String phase = offer.phase().name().toLowerCase(Locale.ROOT);
        tell(
                offer.done(),
                offer.of(),
                offer.message().isEmpty() ? phase : phase + ": " + offer.message());
    }

    /** Waits until everybody is encoded with the encoder in use who can be. */
    JsonObject awaitCoverage(ModelKey model)
            throws RefusedException, StoreException, InterruptedException {
        Reencoding faces = around.require(Reencoding.class, "store");
        ModelCoverage now = faces.coverage(model);
        long start = System.nanoTime();
        long moved = start;
        int before = -1;
        while (left(faces, model) && System.nanoTime() - start < LONGEST_NANOS) {
            now = faces.coverage(model);
            int done = now.facesEncoded() + now.unknownFacesEncoded();
            tell(done, now.faces() + now.unknownFaces(), "encoding");
            moved = done == before ? moved : System.nanoTime();
            before = done;
            if (System.nanoTime() - moved > STILL_NANOS) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return json(faces.coverage(model));
    }

    /** Whether there are faces that can be encoded and are not. */
    private static boolean left(Reencoding faces, ModelKey model) throws StoreException {
        for (KeptFace.Owner owner : KeptFace.Owner.values()) {
            if (!faces.unencoded(model, owner, -1, 1).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static JsonObject json(ModelCoverage coverage) {
        JsonObject o = new JsonObject();
        o.addProperty("people", coverage.people());
        o.addProperty("people_encoded", coverage.peopleEncoded());
        o.addProperty("faces", coverage.faces());
        o.addProperty("faces_encoded", coverage.facesEncoded());
        o.addProperty("unknown_faces", coverage.unknownFaces());
        o.addProperty("unknown_faces_encoded", coverage.unknownFacesEncoded());
        JsonArray names = new JsonArray();
        coverage.needPhotos().forEach(names::add);
        o.add("need_photos", names);
        return o;
    }

    private void tell(int done, int of, String message) {
        String now = done + " " + of + " " + message;
        if (!now.equals(told)) {
            progress.tell(done, of, message);
        }
        told = now;
    }
}
