// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.gateway;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** How far the framework has started (OSGi Core 8, section 9). */
public final class StartLevel {
    private StartLevel() {}

    /**
     * Whether the framework is at the level it was to start with; true where it cannot be asked.
     */
    public static boolean reached(BundleContext context) {
        FrameworkStartLevel now =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                        .adapt(FrameworkStartLevel.class);
        String wanted = context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
        try {
            return now == null || now.getStartLevel() >= Integer.parseInt(wanted);
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
