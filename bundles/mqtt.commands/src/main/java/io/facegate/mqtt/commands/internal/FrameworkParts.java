// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.mqtt.commands.internal.part.Definition;
import io.facegate.mqtt.commands.internal.part.InstalledBundle;
import io.facegate.mqtt.commands.internal.part.Parts;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The parts as the framework has them; services are looked for when first asked for. */
final class FrameworkParts implements Parts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrameworkParts.class);
    private static final Map<Integer, String> STATES =
            Map.of(
                    Bundle.INSTALLED, "installed",
                    Bundle.RESOLVED, "resolved",
                    Bundle.STARTING, "starting",
                    Bundle.ACTIVE, "active",
                    Bundle.STOPPING, "stopping",
                    Bundle.UNINSTALLED, "uninstalled");

    private final BundleContext context;
    private final Map<Class<?>, ServiceTracker<?, ?>> trackers = new ConcurrentHashMap<>();

    FrameworkParts(BundleContext context) {
        this.context = context;
    }

    @Override
    public <T> Optional<T> find(Class<T> service) {
        return Optional.ofNullable(tracker(service).getService());
    }

    @Override
    public <T> List<T> all(Class<T> service) {
        return List.copyOf(tracker(service).getTracked().values());
    }

    @SuppressWarnings("unchecked")
    private <T> ServiceTracker<T, T> tracker(Class<T> service) {
        return (ServiceTracker<T, T>)
                trackers.computeIfAbsent(
                        service,
                        kind -> {
                            ServiceTracker<?, ?> tracker =
                                    new ServiceTracker<>(context, kind, null);
                            tracker.open();
                            return tracker;
                        });
    }

    @Override
    public <T> Offered offer(Class<T> service, T object) {
        ServiceRegistration<T> registration = context.registerService(service, object, null);
        return () -> {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                LOG.debug("The bundle is stopping", e);
            }
        };
    }

    @Override
    public List<Condition> conditions() {
        List<Condition> all = new ArrayList<>();
        for (ConditionSource source : all(ConditionSource.class)) {
            try {
                all.addAll(source.conditions());
            } catch (RuntimeException e) {
                LOG.debug("A source of conditions that is going", e);
            }
        }
        return all;
    }

    @Override
    public List<InstalledBundle> bundles() {
        return Arrays.stream(context.getBundles()).<InstalledBundle>map(Installed::new).toList();
    }

    @Override
    public List<Definition> definitions() {
        Optional<MetaTypeService> metatype = find(MetaTypeService.class);
        List<Definition> all = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            metatype.map(types -> types.getMetaTypeInformation(bundle))
                    .ifPresent(types -> add(all, types));
        }
        return all;
    }

    private static void add(List<Definition> all, MetaTypeInformation types) {
        String locale = Locale.ROOT.toString();
        for (String pid : types.getPids()) {
            all.add(new Definition(pid, false, types.getObjectClassDefinition(pid, locale)));
        }
        for (String pid : types.getFactoryPids()) {
            all.add(new Definition(pid, true, types.getObjectClassDefinition(pid, locale)));
        }
    }

    @Override
    public Optional<Path> home() {
        return Optional.ofNullable(context.getProperty("facegate.home")).map(Path::of);
    }

    @Override
    public Path data() {
        return Path.of(
                Optional.ofNullable(context.getProperty("facegate.data")).orElse("facegate-data"));
    }

    @Override
    public void close() {
        trackers.values().forEach(ServiceTracker::close);
    }

    private record Installed(Bundle bundle) implements InstalledBundle {
        @Override
        public String name() {
            return String.valueOf(bundle.getSymbolicName());
        }

        @Override
        public String version() {
            return bundle.getVersion().toString();
        }

        @Override
        public String state() {
            return STATES.getOrDefault(bundle.getState(), "unknown");
        }

        @Override
        public boolean replaceable() {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            return bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID
                    && revision != null
                    && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) == 0;
        }

        @Override
        public void update() throws IOException {
            try {
                bundle.update();
            } catch (BundleException e) {
                throw new IOException(name() + " cannot be updated: " + e.getMessage(), e);
            }
        }
    }
}
