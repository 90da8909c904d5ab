// SPDX-License-Identifier: Apache-2.0
package io.facegate.restart.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bundles that are refreshed together start again as they did at first: by start level, within one
 * by id. The framework (Felix 7.0) stops all of them, takes their wiring away, and starts them in
 * any order, so that components may be there before their configuration, and who logs before the
 * log. Here, before one of them starts, those that come before it are started, by the same thread,
 * which is the one that refreshes.
 *
 * <p>Bundles that somebody stopped, or that were started for the time being only, are left alone.
 */
final class RestartOrder implements SynchronousBundleListener {
    private static final Comparator<Bundle> ORDER =
            Comparator.comparingInt(RestartOrder::level).thenComparingLong(Bundle::getBundleId);

    /** Bundles without wiring, with the thread that took it from them. */
    private final ConcurrentHashMap<Bundle, Thread> refreshed = new ConcurrentHashMap<>();

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.UNRESOLVED -> refreshed.put(bundle, Thread.currentThread());
            case BundleEvent.STARTING -> {
                startThoseBefore(bundle);
                refreshed.remove(bundle);
            }
            case BundleEvent.UNINSTALLED -> refreshed.remove(bundle);
            default -> {}
        }
    }

    private void startThoseBefore(Bundle bundle) {
        Thread thread = Thread.currentThread();
        if (refreshed.get(bundle) != thread) {
            return;
        }
        List<Bundle> before =
                refreshed.keySet().stream()
                        .filter(other -> ORDER.compare(other, bundle) < 0)
                        .sorted(ORDER)
                        .toList();
        for (Bundle other : before) {
            if (refreshed.remove(other, thread)
                    && other.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
                start(other);
            }
        }
    }

    private static void start(Bundle bundle) {
        boolean policy = bundle.adapt(BundleStartLevel.class).isActivationPolicyUsed();
        try {
            bundle.start(Bundle.START_TRANSIENT | (policy ? Bundle.START_ACTIVATION_POLICY : 0));
        } catch (BundleException | IllegalStateException e) {
            // the framework starts it in its turn, and tells why that cannot be
        }
    }

    private static int level(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class).getStartLevel();
    }
}
