// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The conditions of all parts. */
final class Conditions {
    private Conditions() {}

    /** By part; a source that fails (its bundle is being swapped) is left out. */
    static List<Condition> of(Collection<ConditionSource> sources) {
        List<Condition> all = new ArrayList<>();
        for (ConditionSource source : sources) {
            try {
                all.addAll(source.conditions());
            } catch (RuntimeException e) {
                // Gone between lookup and call; its successor speaks for it.
            }
        }
        all.sort(Comparator.comparing(Condition::part));
        return all;
    }
}
