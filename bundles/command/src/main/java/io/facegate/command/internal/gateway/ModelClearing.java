// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.KeptEncodings;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The encodings that are kept of each encoder, and their removal. */
final class ModelClearing {
    private final Session session;

    ModelClearing(Session session) {
        this.session = session;
    }

    /**
     * Removes what is kept of an encoder.
     *
     * @param name its id, or {@code ID:WEIGHTS} with the first digits of them
     * @param force also of the previous one
     */
    int clear(String name, boolean force) throws MissingPartException, IOException {
        ModelUpdates updates = session.require(ModelUpdates.class);
        // which one is in use is not known before all bundles are looked at
        session.await(
                () -> Optional.of(updates.status()).filter(s -> s.inUse().isPresent()),
                session.patience());
        try {
            List<ModelKey> found =
                    session.require(Reencoding.class).kept().stream()
                            .map(KeptEncodings::model)
                            .filter(key -> isCalled(key, name))
                            .toList();
            if (found.size() != 1) {
                session.err().println(found.isEmpty() ? nothing(name) : several(name, found));
                return ExitCode.REFUSED;
            }
            return tell(found.get(0), updates.clear(found.get(0), force));
        } catch (StoreException | IllegalArgumentException e) {
            session.err().println(e.getMessage());
            return ExitCode.REFUSED;
        }
    }

    private static boolean isCalled(ModelKey key, String name) {
        return key.id().equals(name)
                || name.startsWith(key.id() + ":")
                        && key.weights().startsWith(name.substring(key.id().length() + 1));
    }

    private static String nothing(String name) {
        return "There are no encodings of "
                + name
                + ": facegate model status shows of which encoders there are.";
    }

    private static String several(String name, List<ModelKey> keys) {
        List<String> names = new ArrayList<>();
        keys.forEach(key -> names.add(key.id() + ":" + key.weights().substring(0, 8)));
        return name
                + " are several encoders, of other weights each. Say which: "
                + String.join(", ", names);
    }

    private int tell(ModelKey model, ClearedEncodings cleared) {
        session.out()
                .println(
                        cleared.removed()
                                + " encodings of "
                                + model.id()
                                + " are removed; backups made before have them still.");
        if (cleared.left() > 0) {
            session.err()
                    .println(
                            cleared.left()
                                    + " stay: each is the only one of its face, which would be lost"
                                    + " with it. Add photos of these people (facegate model status"
                                    + " names them), or delete the faces.");
        }
        if (!cleared.remains().isEmpty()) {
            session.err()
                    .println(
                            "What was removed can still be read in the file, and is overwritten as"
                                    + " soon as it can be: "
                                    + cleared.remains());
        }
        return cleared.left() == 0 && cleared.remains().isEmpty()
                ? ExitCode.DONE
                : ExitCode.REFUSED;
    }

    /** One line for each encoder of which something is kept. */
    List<String> lines(UpdateStatus status) throws MissingPartException {
        List<String> lines = new ArrayList<>();
        for (KeptEncodings kept : kept()) {
            lines.add(
                    "Kept: %d encodings of %s, %s%s"
                            .formatted(
                                    kept.encodings(),
                                    kept.model().id(),
                                    size(kept.bytes()),
                                    isLeft(kept.model(), status)
                                            ? "; facegate model clear %s removes them"
                                                    .formatted(kept.model().id())
                                            : ""));
        }
        return lines;
    }

    /** Neither in use, nor the one before, nor offered. */
    private static boolean isLeft(ModelKey model, UpdateStatus status) {
        Optional<ModelKey> key = Optional.of(model);
        return !status.inUse().equals(key)
                && !status.previous().equals(key)
                && !status.offer().map(offer -> offer.model().key()).equals(key);
    }

    private static String size(long bytes) {
        return bytes < 1 << 20
                ? (bytes + 1023) / 1024 + " kB"
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1048576.0);
    }

    JsonArray json() throws MissingPartException {
        JsonArray array = new JsonArray();
        for (KeptEncodings kept : kept()) {
            JsonObject json = new JsonObject();
            json.addProperty("id", kept.model().id());
            json.addProperty("weights", kept.model().weights());
            json.addProperty("encodings", kept.encodings());
            json.addProperty("bytes", kept.bytes());
            json.addProperty("only", kept.only());
            array.add(json);
        }
        return array;
    }

    private List<KeptEncodings> kept() throws MissingPartException {
        try {
            return session.require(Reencoding.class).kept();
        } catch (StoreException e) {
            return List.of(); // the condition store says what is wrong
        }
    }
}
