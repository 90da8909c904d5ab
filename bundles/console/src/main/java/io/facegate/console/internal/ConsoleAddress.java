// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.ConditionSource;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Says where the console is, or why it is nowhere. The HTTP service registers its runtime once it
 * listens and never retries a port; after a while without it the port is tried for the reason.
 */
@Component(immediate = true)
public final class ConsoleAddress implements ConditionSource {
    static final long PATIENCE_MILLIS = 10_000;

    private static final Logger log = LoggerFactory.getLogger(ConsoleAddress.class);
    private static final long LOOK_MILLIS = 500;

    private final String host;
    private final int port;
    private final String root;
    private final long patienceMillis;
    private final Thread watch;
    private volatile Condition condition;
    private volatile boolean closed;

    @Reference(
            service = HttpServiceRuntime.class,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Map<String, Object> runtime;

    @Activate
    public ConsoleAddress(BundleContext context) {
        this(
                property(context, "org.apache.felix.http.host", ""),
                port(property(context, "org.osgi.service.http.port", "8080")),
                property(context, "felix.webconsole.manager.root", "/system/console"),
                PATIENCE_MILLIS);
        watch.start();
    }

    ConsoleAddress(String host, int port, String root, long patienceMillis) {
        this.host = host;
        this.port = port;
        this.root = root;
        this.patienceMillis = patienceMillis;
        this.condition = new Condition("console", Level.DEGRADED, "waiting for the HTTP service");
        this.watch = new Thread(this::watch, "facegate-console-port");
        this.watch.setDaemon(true);
    }

    /** Ends the thread; may be called again. */
    @Deactivate
    public void close() throws InterruptedException {
        closed = true;
        watch.interrupt();
        watch.join(3000);
    }

    @Override
    public List<Condition> conditions() {
        Map<String, Object> current = runtime;
        return List.of(current == null ? condition : listening(current));
    }

    private Condition listening(Map<String, Object> properties) {
        return new Condition("console", Level.OK, url(properties));
    }

    private void watch() {
        long missingSince = System.nanoTime();
        Level told = Level.DEGRADED;
        try {
            while (!closed) {
                Map<String, Object> current = runtime;
                if (current != null) {
                    missingSince = System.nanoTime();
                    if (told != Level.OK) {
                        told = Level.OK;
                        log.info("Console: {}", url(current));
                    }
                } else if (System.nanoTime() - missingSince > patienceMillis * 1_000_000) {
                    condition =
                            new Condition("console", Level.FAILED, PortProbe.reason(host, port));
                    if (told != Level.FAILED) {
                        told = Level.FAILED;
                        log.error("{}", condition.message());
                    }
                    missingSince = System.nanoTime();
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String url(Map<String, Object> properties) {
        Object endpoints = properties.get(HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT);
        String base = "http://" + (host.isEmpty() ? "127.0.0.1" : host) + ":" + port + "/";
        if (endpoints instanceof String[] all) {
            // IPv6 addresses of interfaces come first at times; people type the other kind.
            base =
                    Arrays.stream(all)
                            .filter(e -> e.startsWith("http") && e.indexOf('[') < 0)
                            .findFirst()
                            .orElse(base);
        }
        return base.replaceAll("/+$", "") + root + "/" + ConsolePage.LABEL;
    }

    private static String property(BundleContext context, String name, String otherwise) {
        String value = context.getProperty(name);
        return value == null || value.isBlank() ? otherwise : value.trim();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 0 && port <= 65535 ? port : 8080;
        } catch (NumberFormatException e) {
            return 8080;
        }
    }
}
