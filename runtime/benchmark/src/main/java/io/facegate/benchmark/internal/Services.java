// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The services of this framework, as they are at each call, and their configuration. */
final class Services {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BundleContext context;
    private final ConfigurationAdmin configurations;

    Services(BundleContext context, ConfigurationAdmin configurations) {
        this.context = context;
        this.configurations = configurations;
    }

    BundleContext context() {
        return context;
    }

    /** All services of a type, best first. */
    <T> List<ServiceReference<T>> references(Class<T> type, String filter) {
        try {
            Collection<ServiceReference<T>> all = context.getServiceReferences(type, filter);
            return all.stream().sorted(Comparator.reverseOrder()).toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }

    /**
     * The best service of a type, waiting up to a minute for one.
     *
     * @param filter of service properties, or null
     * @param bundle symbolic name of the bundle it must come from; empty for any
     */
    <T> T await(Class<T> type, String filter, String bundle) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> service =
                    references(type, filter).stream()
                            .filter(r -> bundle.isEmpty() || bundle.equals(bundle(r)))
                            .findFirst()
                            .map(context::getService);
            if (service.isPresent()) {
                return service.get();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "no "
                                + type.getSimpleName()
                                + " "
                                + filter
                                + " of bundle '"
                                + bundle
                                + "'");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    <T> T await(Class<T> type) {
        return await(type, null, "");
    }

    private static String bundle(ServiceReference<?> reference) {
        var bundle = reference.getBundle();
        return bundle == null ? "" : bundle.getSymbolicName();
    }

    /**
     * Sets properties of a configuration and waits until the detectors and encoders the bundle had
     * are gone: what it has next is as configured. Does nothing when they are set already.
     *
     * @param pid whose services come from the bundle of the same symbolic name
     */
    void configure(String pid, Map<String, Object> settings) throws IOException {
        Configuration configuration = configurations.getConfiguration(pid, "?");
        Dictionary<String, Object> properties =
                Objects.requireNonNullElseGet(configuration.getProperties(), Hashtable::new);
        if (settings.entrySet().stream()
                .allMatch(e -> e.getValue().equals(properties.get(e.getKey())))) {
            return;
        }
        List<ServiceReference<?>> old = stagesOf(pid);
        settings.forEach(properties::put);
        configuration.update(properties);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (old.stream().anyMatch(r -> r.getBundle() != null)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(pid + " did not take " + settings);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private List<ServiceReference<?>> stagesOf(String bundle) {
        return Stream.of(FaceDetector.class, FaceEncoder.class)
                .<ServiceReference<?>>flatMap(type -> references(type, null).stream())
                .filter(r -> bundle.equals(bundle(r)))
                .toList();
    }
}
