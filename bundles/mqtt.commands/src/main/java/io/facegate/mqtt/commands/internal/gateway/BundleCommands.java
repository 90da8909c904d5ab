// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.mqtt.commands.internal.part.InstalledBundle;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.Lane;
import io.facegate.mqtt.commands.internal.request.Parameter;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The bundles of the gateway: what is there, and reading one again. */
public final class BundleCommands {
    /** What the answer comes through. */
    private static final Set<String> OWN =
            Set.of("io.facegate.mqtt", "io.facegate.mqtt.commands", "io.facegate.api");

    private final Parts around;

    public BundleCommands(Parts around) {
        this.around = around;
    }

    /** What can be asked for. */
    public List<Command> commands() {
        return List.of(
                Command.telling(Lane.QUICK, "bundle.list", (request, progress) -> list()),
                Command.guarded(
                        Lane.SLOW,
                        "bundle.update",
                        (request, progress) -> update(request.text("bundle")),
                        Parameter.text("bundle", "the symbolic name of a bundle")));
    }

    private JsonObject list() {
        JsonArray list = new JsonArray();
        around.bundles().forEach(bundle -> list.add(json(bundle)));
        JsonObject o = new JsonObject();
        o.add("bundles", list);
        return o;
    }

    private JsonObject update(String name) throws RefusedException, IOException {
        InstalledBundle bundle =
                around.bundles().stream()
                        .filter(b -> b.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> failed("there is no bundle " + name));
        if (OWN.contains(name) || !bundle.replaceable()) {
            throw failed(
                    name
                            + " cannot be updated by a message: "
                            + (OWN.contains(name)
                                    ? "the answer comes through it"
                                    : "it is part of another one")
                            + "; do it in the web console or start the gateway anew");
        }
        String before = bundle.version();
        bundle.update();
        JsonObject o = new JsonObject();
        o.add("bundle", json(bundle));
        o.addProperty("version_before", before);
        return o;
    }

    private static JsonObject json(InstalledBundle bundle) {
        JsonObject o = new JsonObject();
        o.addProperty("name", bundle.name());
        o.addProperty("version", bundle.version());
        o.addProperty("state", bundle.state());
        return o;
    }

    private static RefusedException failed(String message) {
        return new RefusedException(ErrorCode.FAILED, message);
    }
}
