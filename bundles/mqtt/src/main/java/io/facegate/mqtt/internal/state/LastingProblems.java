// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong and worth telling: a part that failed at once, one that works less well when that
 * lasts, as a camera does while it is being opened. For one thread.
 */
final class LastingProblems {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Map<String, Long> since = new HashMap<>();

    List<Condition> of(List<Condition> conditions, long now) {
        Set<String> wrong = new HashSet<>();
        List<Condition> lasting =
                conditions.stream()
                        .filter(c -> c.level() != Level.OK)
                        .filter(
                                c -> {
                                    wrong.add(c.part());
                                    long first = since.computeIfAbsent(c.part(), p -> now);
                                    return c.level() == Level.FAILED
                                            || now - first >= PATIENCE_NANOS;
                                })
                        .toList();
        since.keySet().retainAll(wrong);
        return lasting;
    }
}
