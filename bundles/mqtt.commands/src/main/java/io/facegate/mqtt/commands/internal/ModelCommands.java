// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The encoder in use and the one offered. For one thread; going back waits for the disk. */
final class ModelCommands {
    private final Parts around;

    ModelCommands(Parts around) {
        this.around = around;
    }

    /** By name. */
    Map<String, Work> commands() {
        return Map.of(
                "model", request -> status(),
                "use_model", this::use,
                "roll_back_model", request -> rollBack());
    }

    /**
     * Obeys {@code model/set}.
     *
     * @param wanted the id of an encoder, or {@code rollback}
     */
    void set(String wanted) throws RefusedException {
        if (wanted.equals("rollback")) {
            rollBack();
        } else {
            use(wanted);
        }
    }

    private JsonObject use(JsonObject request) throws RefusedException {
        JsonElement model = request.get("model");
        if (model == null || !model.isJsonPrimitive() || model.getAsString().isBlank()) {
            throw new RefusedException(
                    "bad_request",
                    "model is the id of an encoder that is installed: {\"model\":\"opencv-sface\"}");
        }
        return use(model.getAsString());
    }

    private JsonObject use(String id) throws RefusedException {
        ModelKey key =
                around.models().stream()
                        .map(ModelState::info)
                        .filter(i -> i.kind() == ModelKind.ENCODER && i.id().equals(id))
                        .reduce((earlier, later) -> later)
                        .map(ModelInfo::key)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                "failed",
                                                "there is no encoder "
                                                        + id
                                                        + ": put its bundle into the folder load"));
        try {
            updates().activate(key);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("failed", e.getMessage());
        }
        return status();
    }

    private JsonObject rollBack() throws RefusedException {
        try {
            if (updates().rollBack().isEmpty()) {
                throw new RefusedException(
                        "failed", "there is no encoder before the one in use to go back to");
            }
        } catch (IOException e) {
            throw new RefusedException("failed", "the choice cannot be kept: " + e.getMessage());
        }
        return status();
    }

    private JsonObject status() throws RefusedException {
        UpdateStatus status = updates().status();
        JsonObject json = new JsonObject();
        status.inUse().ifPresent(key -> json.addProperty("in_use", key.id()));
        status.coverage()
                .ifPresent(
                        c -> {
                            json.addProperty("people", c.people());
                            json.addProperty("people_encoded", c.peopleEncoded());
                            json.addProperty("faces", c.faces());
                            json.addProperty("faces_encoded", c.facesEncoded());
                        });
        status.previous().ifPresent(key -> json.addProperty("previous", key.id()));
        status.offer().ifPresent(offer -> json.add("offered", json(offer)));
        return json;
    }

    private static JsonObject json(Offer offer) {
        JsonObject json = new JsonObject();
        json.addProperty("model", offer.model().id());
        json.addProperty("version", offer.model().version());
        json.addProperty("phase", offer.phase().name().toLowerCase(Locale.ROOT));
        json.addProperty("faces_encoded", offer.done());
        json.addProperty("faces", offer.of());
        json.addProperty("message", offer.message());
        return json;
    }

    private ModelUpdates updates() throws RefusedException {
        Optional<ModelUpdates> updates = around.updates();
        return updates.orElseThrow(
                () ->
                        new RefusedException(
                                "unavailable", "the bundle update is missing; try again later"));
    }
}
