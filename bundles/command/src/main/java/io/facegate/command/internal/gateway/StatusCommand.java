// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.status.Condition;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.Parts;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    @Option(
            names = "--threads",
            description = "Instead: what every thread of the gateway is doing, for developers")
    private boolean threads;

    public StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (threads) {
            session.out().print(ThreadDump.text());
            return ExitCode.DONE;
        }
        List<Condition> conditions = session.parts().conditions();
        List<PipelineStatus> pipelines =
                session.parts().find(Pipelines.class).map(Pipelines::status).orElse(List.of());
        session.out()
                .print(
                        json
                                ? json(conditions, pipelines, process(session.parts())) + "\n"
                                : Reports.conditions(conditions) + Reports.gates(pipelines));
        return conditions.stream().anyMatch(c -> c.level() == Condition.Level.FAILED)
                ? ExitCode.REFUSED
                : ExitCode.DONE;
    }

    /** What runs; empty when nobody tells its version. */
    private static Optional<JsonObject> process(Parts parts) {
        return parts.property("facegate.version")
                .map(
                        version -> {
                            JsonObject json = new JsonObject();
                            json.addProperty("version", version);
                            json.addProperty("process", ProcessHandle.current().pid());
                            json.addProperty("java", System.getProperty("java.version"));
                            json.addProperty("up_seconds", ThreadDump.upSeconds());
                            return json;
                        });
    }

    private static String json(
            List<Condition> conditions,
            List<PipelineStatus> pipelines,
            Optional<JsonObject> process) {
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
        process.ifPresent(running -> root.add("gateway", running));
        return Json.text(root);
    }
}
