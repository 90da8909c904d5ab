// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.backup.Backup;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.mqtt.json.Json;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Commands that take their time: an erasure waits for the publisher itself. */
final class GalleryCommands {
    private final Parts around;

    GalleryCommands(Parts around) {
        this.around = around;
    }

    /** By name. */
    Map<String, Work> commands() {
        return Map.of("backup", request -> backup(), "erase", this::erase);
    }

    private JsonElement erase(JsonObject request) throws RefusedException {
        JsonElement name = request.get("name");
        if (name == null || !name.isJsonPrimitive()) {
            throw new RefusedException(
                    "bad_request", "erase takes the name of a person: {\"name\":\"Alice\"}");
        }
        try {
            List<ErasureReceipt> receipts =
                    around.eraser()
                            .orElseThrow(() -> RefusedException.missing("erasure"))
                            .erase(List.of(name.getAsString()));
            return receipt(receipts.get(0));
        } catch (IOException | RuntimeException e) {
            throw new RefusedException("failed", String.valueOf(e.getMessage()));
        }
    }

    /** Without the name: subscribers may keep it. */
    private static JsonObject receipt(ErasureReceipt receipt) {
        JsonObject o = new JsonObject();
        o.addProperty("person_id", receipt.person().id().toString());
        o.add("at", Json.time(receipt.at()));
        o.addProperty("complete", receipt.complete());
        JsonArray parts = new JsonArray();
        for (ErasedPart part : receipt.parts()) {
            JsonObject p = new JsonObject();
            p.addProperty("what", part.what());
            p.addProperty("count", part.count());
            p.addProperty("left", part.left());
            parts.add(p);
        }
        o.add("parts", parts);
        return o;
    }

    private JsonElement backup() throws RefusedException {
        try {
            Backup backup =
                    around.backups().orElseThrow(() -> RefusedException.missing("backup")).make();
            JsonObject o = new JsonObject();
            o.addProperty("file", backup.file().toString());
            o.add("made_at", Json.time(backup.madeAt()));
            o.addProperty("bytes", backup.bytes());
            backup.info()
                    .ifPresent(
                            info -> {
                                o.addProperty("people", info.contents().people());
                                o.addProperty("encodings", info.contents().encodings());
                                o.addProperty("chips", info.contents().chips());
                            });
            return o;
        } catch (IOException | RuntimeException e) {
            throw new RefusedException("failed", String.valueOf(e.getMessage()));
        }
    }
}
