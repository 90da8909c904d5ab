// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import io.facegate.command.internal.session.Parts;
import io.facegate.command.internal.session.SetTolerances;
import io.facegate.command.internal.session.Tolerance;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.util.tracker.ServiceTracker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The services of the running framework, each looked up from the first time its type is asked for;
 * any of them may come and go at any time. Everyone who wants parts gets an instance of their own,
 * which lets go of all it holds when they give it back.
 */
@Component(service = Parts.class, scope = ServiceScope.PROTOTYPE, configurationPid = Tolerance.PID)
public final class GatewayParts implements Parts {
    private final BundleContext context;
    private final Map<Class<?>, ServiceTracker<?, ?>> trackers = new HashMap<>();
    private final List<ServiceRegistration<?>> offers = new ArrayList<>();
    private boolean closed;
    private volatile Supplier<SetTolerances> tolerances;

    @Activate
    public GatewayParts(BundleContext context, Map<String, Object> pipeline) {
        this.context = context;
        configure(pipeline);
    }

    /** Follows the configuration of the pipeline, as far as it concerns commands. */
    @Modified
    void configure(Map<String, Object> pipeline) {
        Optional<Path> data =
                Optional.ofNullable(context.getProperty("facegate.data")).map(Path::of);
        boolean alone = "command".equals(context.getProperty("facegate.mode"));
        boolean set = pipeline.containsKey("tolerance") || pipeline.containsKey("tolerances");
        if (!set && alone && data.isPresent()) {
            tolerances = () -> SetTolerances.of(data.get());
        } else {
            Map<String, Object> now = Map.copyOf(pipeline);
            tolerances = () -> SetTolerances.configured(now, data);
        }
    }

    @Override
    public SetTolerances tolerances() {
        return tolerances.get();
    }

    @Override
    public Path data() {
        String data = context.getProperty("facegate.data");
        return Path.of(data == null || data.isBlank() ? "facegate-data" : data);
    }

    @Override
    public Optional<String> property(String name) {
        return Optional.ofNullable(context.getProperty(name));
    }

    @Override
    public <T> List<T> all(Class<T> type) {
        ServiceTracker<?, ?> tracker;
        synchronized (this) {
            if (closed) {
                return List.of();
            }
            tracker = trackers.computeIfAbsent(type, this::opened);
        }
        // in the order of its keys, which puts the best first
        return tracker.getTracked().values().stream().<T>map(type::cast).toList();
    }

    private ServiceTracker<?, ?> opened(Class<?> type) {
        ServiceTracker<?, ?> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        return tracker;
    }

    @Override
    public <T> AutoCloseable offer(Class<T> type, T service) {
        ServiceRegistration<T> offer = context.registerService(type, service, null);
        synchronized (this) {
            if (!closed) {
                offers.add(offer);
                return () -> withdraw(offer);
            }
        }
        unregister(offer);
        return () -> {};
    }

    private void withdraw(ServiceRegistration<?> offer) {
        boolean standing;
        synchronized (this) {
            standing = offers.remove(offer);
        }
        if (standing) {
            unregister(offer);
        }
    }

    private static void unregister(ServiceRegistration<?> offer) {
        try {
            offer.unregister();
        } catch (IllegalStateException e) {
            // the bundle stopped, which ends its registrations: nothing is left to end
            return;
        }
    }

    /** Ends what was offered and lets go of every service; nothing is found any more. */
    @Deactivate
    void deactivate() {
        List<ServiceRegistration<?>> standing;
        List<ServiceTracker<?, ?>> open;
        synchronized (this) {
            closed = true;
            standing = List.copyOf(offers);
            open = List.copyOf(trackers.values());
            offers.clear();
            trackers.clear();
        }
        standing.forEach(GatewayParts::unregister);
        open.forEach(ServiceTracker::close);
    }
}
