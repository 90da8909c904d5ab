// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is not complete, as it was found last. Immutable.
 *
 * @param pending number of erasures that are tried again
 * @param waiting what for, by place
 * @param damaged a line for each record that cannot be read
 */
record ErasureHealth(int pending, Map<String, String> waiting, List<String> damaged) {
    static final ErasureHealth GOOD = new ErasureHealth(0, Map.of(), List.of());

    static ErasureHealth of(ErasureFolder.Content content) {
        Map<String, String> why = new TreeMap<>();
        content.records().forEach(record -> why.putAll(record.waitingFor()));
        return new ErasureHealth(content.records().size(), why, content.damaged());
    }

    /** Nothing is known but that it could not be looked at. */
    ErasureHealth unreadable(String place, String why) {
        return new ErasureHealth(Math.max(1, pending), Map.of(place, why), damaged);
    }

    Condition condition() {
        List<String> texts = new ArrayList<>();
        if (pending > 0) {
            List<String> why = new ArrayList<>();
            waiting.forEach((place, text) -> why.add(place + ": " + text));
            texts.add(
                    (pending == 1 ? "1 erasure is" : pending + " erasures are")
                            + " not complete and tried again: "
                            + String.join("; ", why));
        }
        damaged.forEach(line -> texts.add("1 erasure may not be complete: " + line));
        return texts.isEmpty()
                ? new Condition("erasure", Level.OK, "every erasure is complete")
                : new Condition("erasure", Level.DEGRADED, String.join("; ", texts));
    }
}
