// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Activator of bundles made by tests: leaves a trace of every one of its classes that is loaded.
 */
public final class Touched implements BundleActivator {
    static final String LOADED = "facegate.test.loaded";

    static {
        System.setProperty(LOADED, "true");
    }

    @Override
    public void start(BundleContext context) {
        if (context.getBundle().getEntry("fail.txt") != null) {
            throw new IllegalStateException("no start today");
        }
    }

    @Override
    public void stop(BundleContext context) {
        // nothing was begun
    }
}
