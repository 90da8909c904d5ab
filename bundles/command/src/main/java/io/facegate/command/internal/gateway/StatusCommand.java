// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.status.Condition;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code facegate status}: what every part of the running gateway says about itself. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Shows the state of every part of the running gateway; exit code 1 when one has"
                        + " failed.")
public final class StatusCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--json", description = "One JSON object")
    private boolean json;

    public StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Condition> conditions = session.parts().conditions();
        List<PipelineStatus> pipelines =
                session.parts().find(Pipelines.class).map(Pipelines::status).orElse(List.of());
        session.out()
                .print(
                        json
                                ? json(conditions, pipelines) + "\n"
                                : Reports.conditions(conditions) + Reports.gates(pipelines));
        return conditions.stream().anyMatch(c -> c.level() == Condition.Level.FAILED)
                ? ExitCode.REFUSED
                : ExitCode.DONE;
    }

    private static String json(List<Condition> conditions, List<PipelineStatus> pipelines) {
        JsonArray array = new JsonArray();
        for (Condition condition : conditions) {
            JsonObject json = new JsonObject();
            json.addProperty("part", condition.part());
            json.addProperty("state", condition.level().name().toLowerCase(Locale.ROOT));
            json.addProperty("message", condition.message());
            array.add(json);
        }
        JsonObject root = new JsonObject();
        root.add("parts", array);
        JsonObject gates = new JsonObject();
        pipelines.stream()
                .filter(p -> p.gates().on())
                .forEach(p -> gates.add(p.camera(), CameraJson.gates(p.gates())));
        root.add("quality_gates", gates);
        return Json.text(root);
    }
}
