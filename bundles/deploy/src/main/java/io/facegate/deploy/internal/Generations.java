// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.LoggerFactory;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Of the bundles of one symbolic name the newest that works runs, whoever installed them: two of
 * them would take each other's camera, port or broker session. Models are left to the model
 * registry, and bundles that others import to the framework: of those several may run.
 */
final class Generations {
    private static final String MODEL = "facegate.model";

    private final BundleContext system;
    private final Set<Long> stoodDown = ConcurrentHashMap.newKeySet();

    /**
     * @param system context of the framework's own bundle
     */
    Generations(BundleContext system) {
        this.system = system;
    }

    /** Whether no other of its name may run beside it. */
    static boolean standsAlone(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && bundle.getSymbolicName() != null
                && bundle.getBundleId() != 0
                && !BundleLife.isFragment(bundle)
                && revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE).isEmpty()
                && revision.getDeclaredCapabilities(MODEL).isEmpty();
    }

    /** A newer one that runs. */
    Optional<Bundle> newerThan(Bundle bundle) {
        return standsAlone(bundle)
                ? others(bundle)
                        .filter(other -> other.getState() == Bundle.ACTIVE)
                        .filter(other -> other.getVersion().compareTo(bundle.getVersion()) > 0)
                        .findFirst()
                : Optional.empty();
    }

    /** Whether one is stopped that would run without this one. */
    boolean hasOther(Bundle bundle) {
        return others(bundle).anyMatch(other -> stoodDown.contains(other.getBundleId()));
    }

    /** Whether a bundle was stopped in favour of a newer one. */
    boolean isStoodDown(Bundle bundle) {
        return stoodDown.contains(bundle.getBundleId());
    }

    /** Before a bundle starts, on the thread that starts it: stops older ones. */
    void makeRoom(Bundle bundle) {
        if (!standsAlone(bundle)) {
            return;
        }
        List<Bundle> older =
                others(bundle)
                        .filter(other -> other.getState() == Bundle.ACTIVE)
                        .filter(other -> other.getVersion().compareTo(bundle.getVersion()) < 0)
                        .toList();
        older.forEach(this::standDown);
    }

    /** Stops a bundle until no newer one runs. */
    void standDown(Bundle bundle) {
        stoodDown.add(bundle.getBundleId());
        stop(bundle);
    }

    void stop(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException | IllegalStateException e) {
            LoggerFactory.getLogger(Generations.class).warn("{} does not stop", bundle, e);
        }
    }

    /** When none of a name runs any more: starts the newest that was stopped for it. */
    void comeBack(String name) {
        List<Bundle> all =
                Stream.of(system.getBundles())
                        .filter(bundle -> name.equals(bundle.getSymbolicName()))
                        .toList();
        stoodDown.removeIf(id -> system.getBundle(id) == null);
        if (all.stream().anyMatch(Generations::runs)) {
            return;
        }
        all.stream()
                .filter(bundle -> stoodDown.contains(bundle.getBundleId()))
                .max(Comparator.comparing(Bundle::getVersion))
                .ifPresent(this::restart);
    }

    private void restart(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            stoodDown.remove(bundle.getBundleId());
        } catch (BundleException | IllegalStateException e) {
            LoggerFactory.getLogger(Generations.class).error("{} does not start again", bundle, e);
        }
    }

    private static boolean runs(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
    }

    private Stream<Bundle> others(Bundle bundle) {
        return Stream.of(system.getBundles())
                .filter(other -> other.getBundleId() != bundle.getBundleId())
                .filter(other -> bundle.getSymbolicName().equals(other.getSymbolicName()));
    }
}
