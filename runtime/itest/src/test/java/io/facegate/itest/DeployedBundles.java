// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.testing.Await;

import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.FrameworkWiring;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which bundles run in a gateway, and what the condition of bundles says. */
final class DeployedBundles {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final GatewayFramework gateway;

    DeployedBundles(GatewayFramework gateway) {
        this.gateway = gateway;
    }

    /** Models, and libraries, of which others may use either. */
    static boolean mayRunTwice(Bundle bundle) {
        return bundle.getSymbolicName().startsWith("io.facegate.model.")
                || bundle.getHeaders("").get("Export-Package") != null;
    }

    /** A bundle and those that are wired to it, as models are to their extender, and so on. */
    Set<String> affected(Bundle bundle) {
        return gateway
                .context()
                .getBundle(0)
                .adapt(FrameworkWiring.class)
                .getDependencyClosure(List.of(bundle))
                .stream()
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toSet());
    }

    List<Bundle> running(String name) {
        return Stream.of(gateway.context().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .toList();
    }

    void awaitRunning(String name, List<String> versions) throws Exception {
        Await.until(
                name + " " + versions + " running: " + condition(),
                DEADLINE,
                () ->
                        running(name).stream()
                                .map(bundle -> bundle.getVersion().toString())
                                .sorted(Comparator.reverseOrder())
                                .toList()
                                .equals(versions));
    }

    void awaitTold(String name, String words) throws Exception {
        Await.until(
                words + " told of " + name,
                DEADLINE,
                () ->
                        condition().level() == Condition.Level.DEGRADED
                                && condition().message().contains(name)
                                && condition().message().contains(words));
    }

    void awaitNothingWrong() throws Exception {
        Await.until(
                "end of the trouble",
                DEADLINE,
                () -> !condition().message().contains("load/") ? true : null);
    }

    Condition condition() {
        try {
            for (var reference :
                    gateway.context().getServiceReferences(ConditionSource.class, null)) {
                ConditionSource source = gateway.context().getService(reference);
                for (Condition condition :
                        source == null ? List.<Condition>of() : source.conditions()) {
                    if (condition.part().equals("bundles")) {
                        return condition;
                    }
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nobody tells of bundles");
    }
}
