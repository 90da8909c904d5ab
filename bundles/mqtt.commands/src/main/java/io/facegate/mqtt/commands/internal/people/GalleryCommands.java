// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.people;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.backup.Backup;
import io.facegate.api.backup.Backups;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.Lane;
import io.facegate.mqtt.commands.internal.request.Parameter;
import io.facegate.mqtt.commands.internal.request.RefusedException;
import io.facegate.mqtt.json.Json;

import java.io.IOException;
import java.util.List;

/** The gallery as a whole: an erasure waits for the publisher itself. */
public final class GalleryCommands {
    private final Parts around;

    public GalleryCommands(Parts around) {
        this.around = around;
    }

    /** What can be asked for. */
    public List<Command> commands() {
        return List.of(
                Command.guarded(Lane.SLOW, "backup", (request, progress) -> backup()),
                Command.guarded(
                        Lane.SLOW,
                        "erase",
                        (request, progress) -> erase(request.text("name")),
                        Parameter.text("name", "the name of the person to be erased everywhere")));
    }

    private JsonObject erase(String name) throws RefusedException, IOException {
        return receipt(around.require(Eraser.class, "erasure").erase(List.of(name)).get(0));
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

    private JsonObject backup() throws RefusedException, IOException {
        Backup backup = around.require(Backups.class, "backup").make();
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
    }
}
