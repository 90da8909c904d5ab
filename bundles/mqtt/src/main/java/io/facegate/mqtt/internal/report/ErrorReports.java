// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.report;

import com.google.gson.JsonObject;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.mqtt.json.Json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns changes of conditions into payloads of {@code errors}. For one thread. */
public final class ErrorReports {
    private final String gateway;
    private final Map<String, Level> reported = new HashMap<>();

    /**
     * @param gateway id named in each
     */
    public ErrorReports(String gateway) {
        this.gateway = gateway;
    }

    /**
     * What changed for the worse since the last call.
     *
     * @return one payload for each part that became degraded or failed
     */
    List<String> changes(List<Condition> conditions) {
        List<String> payloads = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Condition condition : conditions) {
            seen.add(condition.part());
            Level before = reported.put(condition.part(), condition.level());
            if (condition.level() != Level.OK && condition.level() != before) {
                payloads.add(
                        payload(
                                condition.level().name().toLowerCase(Locale.ROOT),
                                condition.part(),
                                condition.message()));
            }
        }
        reported.keySet().retainAll(seen);
        return payloads;
    }

    /** One error; {@code stage} names the part of the gateway. */
    public String payload(String code, String stage, String message) {
        JsonObject o = new JsonObject();
        o.addProperty("code", code);
        o.addProperty("stage", stage);
        o.addProperty("message", message);
        o.addProperty("gateway", gateway);
        o.add("timestamp", Json.time(Instant.now()));
        return Json.text(o);
    }
}
