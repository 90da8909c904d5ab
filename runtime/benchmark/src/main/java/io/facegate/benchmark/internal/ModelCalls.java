// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelUpdates;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Encoders: which there are, and using one. */
final class ModelCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Services services;

    ModelCalls(Services services) {
        this.services = services;
    }

    /** Ids of the encoders that are installed and good. */
    JsonObject list() {
        JsonArray ids = new JsonArray();
        services.await(ModelRegistry.class).models().stream()
                .filter(model -> model.info().kind() == ModelKind.ENCODER)
                .filter(model -> model.state() != ModelState.State.REFUSED)
                .map(model -> model.info().id())
                .distinct()
                .forEach(ids::add);
        JsonObject answer = new JsonObject();
        answer.add("encoders", ids);
        return answer;
    }

    /** {@code id}: has an encoder used and waits until it is; what it says of itself. */
    JsonObject use(JsonObject request) {
        String id = request.get("id").getAsString();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ModelInfo info = null;
        while (info == null) {
            info =
                    services.await(ModelRegistry.class).models().stream()
                            .filter(model -> model.state() != ModelState.State.REFUSED)
                            .map(ModelState::info)
                            .filter(model -> model.id().equals(id))
                            .findFirst()
                            .orElse(null);
            pause(deadline, id);
        }
        while (!services.await(ModelChoice.class).settled()) {
            pause(deadline, id); // until then another may still be chosen
        }
        ModelUpdates updates = services.await(ModelUpdates.class);
        if (!updates.status().inUse().equals(Optional.of(info.key()))) {
            updates.activate(info.key());
        }
        while (!updates.status().inUse().equals(Optional.of(info.key())) || !encoder().equals(id)) {
            pause(deadline, id);
        }
        JsonObject answer = new JsonObject();
        answer.addProperty("dimension", info.encoder().dimension());
        answer.addProperty("metric", info.encoder().metric().name().toLowerCase(Locale.ROOT));
        answer.addProperty("tolerance", info.encoder().tolerance());
        answer.addProperty("licence", info.terms().licence());
        return answer;
    }

    private String encoder() {
        return services.await(FaceEncoder.class).model().id();
    }

    private static void pause(long deadline, String id) {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException(id + " did not come into use");
        }
        LockSupport.parkNanos(20_000_000);
    }
}
