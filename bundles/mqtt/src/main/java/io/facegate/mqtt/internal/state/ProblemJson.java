// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.json.Json;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The payload of {@code problem}: what is wrong with the gateway, the worst first. */
final class ProblemJson {
    private ProblemJson() {}

    static String of(List<Condition> conditions) {
        List<Condition> wrong =
                conditions.stream()
                        .filter(c -> c.level() != Level.OK)
                        .distinct()
                        .sorted(
                                Comparator.comparing((Condition c) -> c.level() != Level.FAILED)
                                        .thenComparing(Condition::part)
                                        .thenComparing(Condition::message))
                        .toList();
        JsonObject o = new JsonObject();
        o.addProperty("problem", !wrong.isEmpty());
        o.addProperty("level", wrong.isEmpty() ? "ok" : level(wrong.get(0)));
        o.addProperty(
                "reason",
                wrong.stream()
                        .map(c -> c.part() + ": " + c.message())
                        .collect(Collectors.joining("; ")));
        JsonArray parts = new JsonArray();
        for (Condition condition : wrong) {
            JsonObject part = new JsonObject();
            part.addProperty("part", condition.part());
            part.addProperty("level", level(condition));
            part.addProperty("message", condition.message());
            parts.add(part);
        }
        o.add("parts", parts);
        return Json.text(o);
    }

    private static String level(Condition condition) {
        return condition.level().name().toLowerCase(Locale.ROOT);
    }
}
