// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.gateway;

import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;

/** What is set of other parts of the gateway. Thread-safe. */
public final class Settings {
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    private final ConfigurationAdmin admin;

    public Settings(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Of the pipeline: {@code tolerance} and {@code detection_method}. */
    public Map<String, String> pipeline() {
        Dictionary<String, Object> set = of("io.facegate.pipeline");
        return Map.of(
                "tolerance", text(set, "tolerance", "0.0"),
                "detection_method", text(set, "detectionMethod", "hog"));
    }

    /** The console as others reach it; empty when it listens on this machine only. */
    public String consoleUrl() {
        Dictionary<String, Object> http = of("org.apache.felix.http");
        String host = text(http, "org.apache.felix.http.host", "127.0.0.1");
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isLoopbackAddress()) {
                return "";
            }
            String shown = address.isAnyLocalAddress() ? own().orElse("") : host;
            return shown.isEmpty()
                    ? ""
                    : "http://%s:%s/system/console/facegate"
                            .formatted(shown, text(http, "org.osgi.service.http.port", "8080"));
        } catch (IOException e) {
            LOG.debug("The console's address cannot be told", e);
            return "";
        }
    }

    /** The first address of this machine that others reach. */
    private static Optional<String> own() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address)
                .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    private Dictionary<String, Object> of(String pid) {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
            return found == null ? new Hashtable<>() : found[0].getProperties();
        } catch (IOException | InvalidSyntaxException | IllegalStateException e) {
            LOG.debug("The configuration {} cannot be read", pid, e);
            return new Hashtable<>();
        }
    }

    private static String text(Dictionary<String, Object> set, String key, String otherwise) {
        Object value = set.get(key);
        return value == null || value.toString().isBlank() ? otherwise : value.toString().strip();
    }
}
