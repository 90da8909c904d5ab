// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.store.ModelCoverage;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The encoder in use and the one offered: shown, and changed as the page asks. */
final class ModelChange {
    private ModelChange() {}

    /**
     * Carries out a request with the parameter {@code action}: {@code use}, which takes the encoder
     * that is offered, or {@code rollback}.
     */
    static Answer apply(HttpServletRequest request, Optional<ModelUpdates> updates) {
        if (updates.isEmpty()) {
            return Answer.missing("The bundle update is missing");
        }
        try {
            return switch (String.valueOf(request.getParameter("action"))) {
                case "use" -> use(updates.get());
                case "rollback" -> rollBack(updates.get());
                default -> Answer.refused(HttpServletResponse.SC_BAD_REQUEST, "Unknown action.");
            };
        } catch (IllegalArgumentException e) {
            return Answer.refused(HttpServletResponse.SC_CONFLICT, e.getMessage());
        } catch (IOException e) {
            return Answer.refused(
                    HttpServletResponse.SC_CONFLICT,
                    "The choice cannot be kept: " + e.getMessage());
        }
    }

    private static Answer use(ModelUpdates updates) {
        Optional<ModelInfo> model = updates.status().offer().map(Offer::model);
        if (model.isEmpty()) {
            return Answer.refused(HttpServletResponse.SC_CONFLICT, "No encoder is offered now.");
        }
        updates.activate(model.get().key());
        return Answer.done(model.get().id() + " is used as soon as everybody is encoded with it.");
    }

    private static Answer rollBack(ModelUpdates updates) throws IOException {
        return updates.rollBack()
                .map(ModelKey::id)
                .map(id -> Answer.done(id + " is used again."))
                .orElse(
                        Answer.refused(
                                HttpServletResponse.SC_CONFLICT,
                                "There is no encoder before the one in use."));
    }

    /** For the page; nothing is missing from it, since it is read as JSON. */
    static Map<String, Object> data(Optional<ModelUpdates> updates) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (updates.isEmpty()) {
            return data;
        }
        UpdateStatus status = updates.get().status();
        data.put("inUse", status.inUse().map(ModelKey::id).orElse(""));
        data.put(
                "previous",
                status.previous()
                        .filter(key -> !status.inUse().equals(Optional.of(key)))
                        .map(ModelKey::id)
                        .orElse(""));
        data.put("faces", status.coverage().map(ModelCoverage::faces).orElse(0));
        data.put("facesEncoded", status.coverage().map(ModelCoverage::facesEncoded).orElse(0));
        status.offer().ifPresent(offer -> data.put("offer", offer(offer)));
        return data;
    }

    private static Map<String, Object> offer(Offer offer) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("model", offer.model().id() + " " + offer.model().version());
        data.put("phase", offer.phase().name().toLowerCase(Locale.ROOT));
        data.put("done", offer.done());
        data.put("of", offer.of());
        data.put("rate", offer.facesPerSecond());
        data.put("message", offer.message());
        offer.gallery()
                .ifPresent(
                        g ->
                                data.put(
                                        "gallery",
                                        "%d of %d faces told right by the others (%d with the one in use), %d wrong (%d)"
                                                .formatted(
                                                        g.rightAfter(),
                                                        g.faces(),
                                                        g.rightBefore(),
                                                        g.wrongAfter(),
                                                        g.wrongBefore())));
        offer.live()
                .ifPresent(
                        l ->
                                data.put(
                                        "live",
                                        "%d of %d faces before the cameras told the same"
                                                .formatted(l.same(), l.faces())));
        return data;
    }
}
