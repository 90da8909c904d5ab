// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.gateway;

import io.facegate.mqtt.internal.gateway.Surroundings.BundleInfo;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The bundles of the framework. */
public final class BundleStates {
    private BundleStates() {}

    /** By symbolic name; of several of one name one that runs. */
    public static Map<String, BundleInfo> of(BundleContext context) {
        Map<String, BundleInfo> result = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            String name = bundle.getSymbolicName();
            boolean running = bundle.getState() == Bundle.ACTIVE;
            if (name != null && (running || !result.containsKey(name))) {
                result.put(
                        name,
                        new BundleInfo(bundle.getVersion().toString(), state(bundle.getState())));
            }
        }
        return result;
    }

    private static String state(int state) {
        String name =
                switch (state) {
                    case Bundle.ACTIVE -> "ACTIVE";
                    case Bundle.STARTING -> "STARTING";
                    case Bundle.STOPPING -> "STOPPING";
                    case Bundle.RESOLVED -> "RESOLVED";
                    case Bundle.INSTALLED -> "INSTALLED";
                    default -> "UNINSTALLED";
                };
        return name.toLowerCase(Locale.ROOT);
    }
}
