// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.ConditionSource;

import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
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

    private final BundleContext context;
    private final String root;
    private final Thread watch;
    private volatile Condition condition =
            new Condition("console", Level.DEGRADED, "waiting for the HTTP service");
    private volatile boolean closed;

    @Reference(
            service = HttpServiceRuntime.class,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Map<String, Object> runtime;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ConfigurationAdmin configurations;

    @Activate
    public ConsoleAddress(BundleContext context) {
        this.context = context;
        String manager = context.getProperty("felix.webconsole.manager.root");
        this.root = manager == null || manager.isBlank() ? "/system/console" : manager.trim();
        this.watch = new Thread(this::watch, "facegate-console-port");
        this.watch.setDaemon(true);
        this.watch.start();
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
                } else if (System.nanoTime() - missingSince > PATIENCE_MILLIS * 1_000_000) {
                    HttpSettings at = HttpSettings.read(context, configurations);
                    condition =
                            new Condition(
                                    "console",
                                    Level.FAILED,
                                    PortProbe.reason(at.host(), at.port()));
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
        String base = "";
        if (endpoints instanceof String[] all) {
            // IPv6 addresses of interfaces come first at times; people type the other kind.
            base =
                    Arrays.stream(all)
                            .filter(e -> e.startsWith("http") && e.indexOf('[') < 0)
                            .findFirst()
                            .orElse("");
        }
        if (base.isEmpty()) {
            HttpSettings at = HttpSettings.read(context, configurations);
            base = "http://" + (at.host().isEmpty() ? "127.0.0.1" : at.host()) + ":" + at.port();
        }
        return base.replaceAll("/+$", "") + root + "/" + ConsolePage.LABEL;
    }
}
