// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.ConditionSource;
import io.facegate.deploy.internal.signature.Keys;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which bundles are not used and why, and who signed those that are. */
final class DeployConditions implements ConditionSource {
    private final BundleContext system;
    private final Keys keys;
    private final BundleGate gate;
    private final Installation installation;
    private final MakersMark mark;
    private final Troubles troubles;

    DeployConditions(
            BundleContext system,
            Keys keys,
            BundleGate gate,
            Installation installation,
            MakersMark mark,
            Troubles troubles) {
        this.system = system;
        this.keys = keys;
        this.gate = gate;
        this.installation = installation;
        this.mark = mark;
        this.troubles = troubles;
    }

    @Override
    public List<Condition> conditions() {
        Map<String, String> wrong = new TreeMap<>(troubles.all());
        for (Bundle bundle : system.getBundles()) {
            gate.refusal(bundle)
                    .filter(why -> wrong.values().stream().noneMatch(w -> w.startsWith(why)))
                    .ifPresent(why -> wrong.put(name(bundle), why));
        }
        if (keys.required() && !Boolean.getBoolean("felix.extensions.disable")) {
            wrong.put(
                    "signatures",
                    "can be got past by extensions of the framework, which nobody can look at before"
                            + " they are used: felix.extensions.disable=true is missing in"
                            + " conf/system.properties of the installation.");
        }
        if (wrong.isEmpty()) {
            return List.of(new Condition("bundles", Level.OK, summary()));
        }
        return List.of(
                new Condition(
                        "bundles",
                        Level.DEGRADED,
                        wrong.entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue())
                                .collect(Collectors.joining(" "))));
    }

    private String summary() {
        String others =
                Stream.of(system.getBundles())
                        .filter(b -> installation.file(b).isEmpty() && b.getBundleId() != 0)
                        .sorted(Comparator.comparing(DeployConditions::name))
                        .map(b -> name(b) + gate.signer(b).map(s -> " " + s).orElse(""))
                        .collect(Collectors.joining("; "));
        return (keys.required() ? "signatures are required" : "signatures are not required")
                + mark.summary().map(m -> "; " + m).orElse("")
                + (others.isEmpty() ? "; none but those of the installation" : "; " + others);
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
