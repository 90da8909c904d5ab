// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.status.Condition;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.Lane;

import java.util.List;
import java.util.Locale;

/** How the parts of the gateway are. */
public final class StatusCommand {
    private final Parts around;

    public StatusCommand(Parts around) {
        this.around = around;
    }

    /** What can be asked for. */
    public List<Command> commands() {
        return List.of(Command.telling(Lane.QUICK, "status", (request, progress) -> status()));
    }

    private JsonObject status() {
        JsonArray list = new JsonArray();
        for (Condition condition : around.conditions()) {
            JsonObject o = new JsonObject();
            o.addProperty("part", condition.part());
            o.addProperty("level", condition.level().name().toLowerCase(Locale.ROOT));
            o.addProperty("message", condition.message());
            list.add(o);
        }
        JsonObject o = new JsonObject();
        o.add("conditions", list);
        return o;
    }
}
