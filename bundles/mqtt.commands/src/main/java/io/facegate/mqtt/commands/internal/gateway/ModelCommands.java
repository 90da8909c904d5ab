// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.gateway;

import com.google.gson.JsonObject;

import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.Lane;
import io.facegate.mqtt.commands.internal.request.Parameter;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The encoder in use and the one offered. */
public final class ModelCommands {
    private static final String MODEL = "model";

    private final Parts around;

    public ModelCommands(Parts around) {
        this.around = around;
    }

    /** What can be asked for. */
    public List<Command> commands() {
        return List.of(
                Command.telling(Lane.QUICK, "model.status", (request, progress) -> status()),
                Command.guarded(
                        Lane.LONG,
                        "model.activate",
                        (request, progress) -> {
                            ModelKey key = use(request.text(MODEL));
                            new ModelProgress(around, progress).awaitUse(updates(), key);
                            return status();
                        },
                        Parameter.text(MODEL, "the id of an encoder that is installed")),
                Command.guarded(
                        Lane.SLOW,
                        "model.rollback",
                        (request, progress) -> {
                            rollBack();
                            return status();
                        }),
                Command.guarded(
                        Lane.SLOW,
                        "model.install",
                        (request, progress) ->
                                new ModelInstallation(around).install(request.text("file")),
                        Parameter.text("file", "the name of a jar in the installation's models")),
                Command.guarded(
                        Lane.LONG,
                        "reprocess",
                        (request, progress) -> {
                            ModelKey key = inUse();
                            updates().activate(key);
                            return new ModelProgress(around, progress).awaitCoverage(key);
                        }));
    }

    /**
     * Obeys {@code model/set}.
     *
     * @param wanted the id of an encoder, or {@code rollback}
     */
    public void set(String wanted) throws RefusedException {
        if (wanted.equals("rollback")) {
            rollBack();
        } else {
            use(wanted);
        }
    }

    private ModelKey use(String id) throws RefusedException {
        ModelKey key =
                around
                        .find(ModelRegistry.class)
                        .map(ModelRegistry::models)
                        .orElse(List.of())
                        .stream()
                        .map(ModelState::info)
                        .filter(i -> i.kind() == ModelKind.ENCODER && i.id().equals(id))
                        .reduce((earlier, later) -> later)
                        .map(ModelInfo::key)
                        .orElseThrow(
                                () ->
                                        failed(
                                                "there is no encoder "
                                                        + id
                                                        + ": put its bundle into the folder load"));
        try {
            updates().activate(key);
            return key;
        } catch (IllegalArgumentException e) {
            throw failed(e.getMessage());
        }
    }

    private void rollBack() throws RefusedException {
        try {
            if (updates().rollBack().isEmpty()) {
                throw failed("there is no encoder before the one in use to go back to");
            }
        } catch (IOException e) {
            throw failed("the choice cannot be kept: " + e.getMessage());
        }
    }

    private ModelKey inUse() throws RefusedException {
        return updates()
                .status()
                .inUse()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ErrorCode.UNAVAILABLE, "no encoder is in use now"));
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
        json.addProperty(MODEL, offer.model().id());
        json.addProperty("version", offer.model().version());
        json.addProperty("phase", offer.phase().name().toLowerCase(Locale.ROOT));
        json.addProperty("faces_encoded", offer.done());
        json.addProperty("faces", offer.of());
        json.addProperty("message", offer.message());
        return json;
    }

    private ModelUpdates updates() throws RefusedException {
        return around.require(ModelUpdates.class, "update");
    }

    private static RefusedException failed(String message) {
        return new RefusedException(ErrorCode.FAILED, message);
    }
}
