// SPDX-License-Identifier: Apache-2.0
package io.facegate.restart.internal;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Listens for as long as the bundle is started. It uses the framework's packages only, not even the
 * log's: a refresh of anything else leaves it running.
 */
public final class RestartActivator implements BundleActivator {
    private SynchronousBundleListener order;

    @Override
    public void start(BundleContext context) {
        order = new RestartOrder();
        context.addBundleListener(order);
    }

    @Override
    public void stop(BundleContext context) {
        context.removeBundleListener(order);
    }
}
