// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelEngine;
import io.facegate.api.model.ModelKind;

import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the engines of one kind say to each other; see {@link ModelEngine}. Thread-safe. */
final class EngineClaims implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineClaims.class);

    private final Engine engine;
    private final String purpose;
    private final Runnable changed;
    private final ServiceRegistration<ModelEngine> registration;

    /** Its own; a registration does not tell it any more once it is gone. */
    private final ServiceReference<ModelEngine> reference;

    private final ServiceTracker<ModelEngine, ModelEngine> others;
    private final Set<ServiceReference<ModelEngine>> engines = ConcurrentHashMap.newKeySet();
    private Map<String, Object> claim;

    /**
     * What an engine says of itself.
     *
     * @param rank ranking of its service; empty when it has none and will have none
     * @param serving whether its service is registered
     */
    record Claim(OptionalInt rank, boolean serving) {}

    private record Engine(ModelKind kind, String format) implements ModelEngine {}

    /**
     * Another engine.
     *
     * @param serving whether its service is there
     */
    record Rival(String format, int rank, boolean serving) {}

    /**
     * Announces an engine that has nothing yet.
     *
     * @param changed called when another engine says something new; must return at once
     */
    EngineClaims(BundleContext context, ServiceOffer<?> offer, Runnable changed) {
        engine = new Engine(offer.kind(), offer.format());
        purpose = offer.purpose();
        this.changed = changed;
        claim = properties(new Claim(OptionalInt.empty(), false));
        registration =
                context.registerService(
                        ModelEngine.class, engine, FrameworkUtil.asDictionary(claim));
        reference = registration.getReference();
        others = new Others(context);
    }

    /** Begins to listen to other engines. */
    void open() {
        others.open();
    }

    /**
     * Says anew what this engine serves or is about to load. Others hear of it before this returns.
     *
     * @param state asked for it, in turn with other calls
     */
    synchronized void update(Supplier<Claim> state) {
        Map<String, Object> now = properties(state.get());
        if (!now.equals(claim)) {
            claim = now;
            try {
                registration.setProperties(FrameworkUtil.asDictionary(now));
            } catch (IllegalStateException e) {
                LOG.debug("{} is gone", engine, e);
            }
        }
    }

    /** The best of the engines that claim more than that. */
    Optional<Rival> above(int rank) {
        return rivals().filter(r -> r.rank > rank).max(Comparator.comparingInt(Rival::rank));
    }

    /** Whether another engine serves a model of this kind. */
    Optional<Rival> serving() {
        return rivals().filter(Rival::serving).findFirst();
    }

    @Override
    public void close() {
        others.close();
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            LOG.debug("{} is gone", engine, e);
        }
    }

    private Stream<Rival> rivals() {
        return engines.stream().flatMap(r -> rival(r).stream());
    }

    private Optional<Rival> rival(ServiceReference<ModelEngine> other) {
        return !other.equals(reference)
                        && purpose.equals(other.getProperty(ModelData.KIND))
                        && other.getProperty(ModelEngine.RANK) instanceof Integer rank
                ? Optional.of(
                        new Rival(
                                String.valueOf(other.getProperty(ModelData.FORMAT)),
                                rank,
                                Boolean.TRUE.equals(other.getProperty(ModelEngine.SERVING))))
                : Optional.empty();
    }

    private Map<String, Object> properties(Claim state) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ModelData.KIND, purpose);
        properties.put(ModelData.FORMAT, engine.format());
        properties.put(ModelEngine.SERVING, state.serving());
        state.rank().ifPresent(r -> properties.put(ModelEngine.RANK, r));
        return properties;
    }

    private final class Others extends ServiceTracker<ModelEngine, ModelEngine> {
        Others(BundleContext context) {
            super(context, ModelEngine.class, null);
        }

        @Override
        public ModelEngine addingService(ServiceReference<ModelEngine> reference) {
            engines.add(reference);
            changed.run();
            return super.addingService(reference);
        }

        @Override
        public void modifiedService(ServiceReference<ModelEngine> reference, ModelEngine service) {
            changed.run();
        }

        @Override
        public void removedService(ServiceReference<ModelEngine> reference, ModelEngine service) {
            engines.remove(reference);
            changed.run();
            super.removedService(reference, service);
        }
    }
}
