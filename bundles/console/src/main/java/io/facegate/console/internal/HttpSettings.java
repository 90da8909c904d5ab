// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.util.Dictionary;
import java.util.List;

/**
 * Where the HTTP service was told to listen: its configuration, or else the framework's properties.
 *
 * @param host empty: every address
 * @param port number of the port
 */
record HttpSettings(String host, int port) {
    private static final String PID = "org.apache.felix.http";
    private static final String HOST = "org.apache.felix.http.host";
    private static final String PORT = "org.osgi.service.http.port";
    private static final int DEFAULT_PORT = 8080;

    /** Reads them; {@code admin} may be null. */
    static HttpSettings read(BundleContext context, ConfigurationAdmin admin) {
        Dictionary<String, Object> configured = configuration(admin);
        return new HttpSettings(
                text(configured, HOST, context.getProperty(HOST)),
                number(text(configured, PORT, context.getProperty(PORT))));
    }

    private static Dictionary<String, Object> configuration(ConfigurationAdmin admin) {
        try {
            List<Configuration> found =
                    admin == null
                            ? List.of()
                            : Configurations.list(admin, "(service.pid=" + PID + ")");
            return found.isEmpty() ? null : found.get(0).getProperties();
        } catch (IOException | IllegalStateException e) {
            return null;
        }
    }

    private static String text(
            Dictionary<String, Object> configured, String key, String otherwise) {
        Object value = configured == null ? null : configured.get(key);
        String text = value == null ? otherwise : value.toString();
        return text == null ? "" : text.trim();
    }

    private static int number(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port <= 65535 ? port : DEFAULT_PORT;
        } catch (NumberFormatException e) {
            return DEFAULT_PORT;
        }
    }
}
