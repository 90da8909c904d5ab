// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps a service of the newest good model of one kind and format registered. Models are loaded on
 * a thread of the slot's own while the service of the model before goes on; the new service is
 * registered before the old one is unregistered and closed. A model that is refused is not tried
 * again until its bundle restarts. When the newest model goes, the next one is loaded.
 *
 * @param <T> the service
 */
public final class ModelSlot<T extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSlot.class);
    private static final long STOP_SECONDS = 3;

    private final BundleContext context;
    private final ServiceOffer<T> offer;
    private final ModelLoader<T> loader;
    private final ServiceTracker<ModelData, ModelData> tracker;
    private final NavigableMap<ServiceReference<ModelData>, ModelData> newestFirst =
            new ConcurrentSkipListMap<>(Comparator.reverseOrder());
    private final ExecutorService worker;
    private final AtomicReference<Active<T>> active = new AtomicReference<>();
    private final Map<ServiceReference<ModelData>, String> refusals = new HashMap<>();
    private volatile Condition condition;
    private volatile boolean closed;

    /**
     * What a slot registers.
     *
     * @param part name of the slot in conditions, such as {@code detector/cnn}
     * @param kind of the models
     * @param format of the models
     * @param type the service's interface
     * @param properties of the service, besides {@code model.id}, {@code model.version} and the
     *     model's ranking
     */
    public record ServiceOffer<T>(
            String part,
            ModelKind kind,
            String format,
            Class<? super T> type,
            Map<String, Object> properties) {}

    private record Active<T>(
            ServiceReference<ModelData> model, T service, ServiceRegistration<?> registration) {}

    /** Opens the slot; returns at once. */
    public ModelSlot(BundleContext context, ServiceOffer<T> offer, ModelLoader<T> loader) {
        this.context = context;
        this.offer = offer;
        this.loader = loader;
        condition = missing();
        worker =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        this::thread,
                        new ThreadPoolExecutor.DiscardPolicy());
        tracker = new Models();
        tracker.open();
    }

    /** How the slot is. */
    public Condition condition() {
        return condition;
    }

    /**
     * Unregisters and closes the service at once, and waits up to 3 seconds for a model being
     * loaded; one that takes longer is closed when it is loaded. Does nothing the second time.
     */
    @Override
    public void close() {
        closed = true;
        tracker.close();
        worker.shutdown();
        retire(active.getAndSet(null));
        try {
            worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Loads the newest good model unless it is loaded; on the worker only. */
    private void refresh() {
        while (!closed) {
            refusals.keySet().retainAll(newestFirst.keySet());
            Optional<Map.Entry<ServiceReference<ModelData>, ModelData>> best =
                    newestFirst.entrySet().stream()
                            .filter(e -> !refusals.containsKey(e.getKey()))
                            .findFirst();
            Active<T> current = active.get();
            if (best.isEmpty()) {
                retire(active.getAndSet(null));
            } else if (current == null || !current.model().equals(best.get().getKey())) {
                if (!change(best.get().getKey(), best.get().getValue())) {
                    continue;
                }
            }
            condition = describe();
            return;
        }
    }

    /** Whether the model was loaded. */
    private boolean change(ServiceReference<ModelData> reference, ModelData model) {
        String name = name(reference);
        if (active.get() == null) {
            condition = new Condition(offer.part(), Level.DEGRADED, "loading " + name);
        }
        long start = System.nanoTime();
        try {
            replace(reference, model.info(), loader.load(model));
        } catch (ModelRefusedException e) {
            return refuse(reference, model, e.getMessage());
        } catch (IOException e) {
            return refuse(reference, model, "it cannot be read: " + e.getMessage());
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            return refuse(reference, model, "it cannot be loaded: " + e);
        }
        if (!closed) {
            model.accepted();
            long millis = (System.nanoTime() - start) / 1_000_000;
            LOG.info("{}: model {} in use, loaded in {} ms", offer.part(), name, millis);
        }
        return true;
    }

    private boolean refuse(ServiceReference<ModelData> reference, ModelData model, String reason) {
        refusals.put(reference, reason);
        model.refused(reason); // the extender logs it
        return false;
    }

    private void replace(ServiceReference<ModelData> reference, ModelInfo info, T service) {
        Map<String, Object> properties = new HashMap<>(offer.properties());
        properties.put(ModelData.ID, info.id());
        properties.put(ModelData.VERSION, info.version());
        properties.put(Constants.SERVICE_RANKING, reference.getProperty(Constants.SERVICE_RANKING));
        ServiceRegistration<?> registration;
        try {
            registration = register(offer.type(), service, properties);
        } catch (IllegalStateException bundleHasStopped) {
            closeQuietly(service);
            return;
        }
        retire(active.getAndSet(new Active<>(reference, service, registration)));
        if (closed) {
            retire(active.getAndSet(null));
        }
    }

    private <S> ServiceRegistration<S> register(
            Class<S> type, T service, Map<String, Object> properties) {
        return context.registerService(
                type, type.cast(service), FrameworkUtil.asDictionary(properties));
    }

    private void retire(Active<T> old) {
        if (old == null) {
            return;
        }
        try {
            old.registration().unregister();
        } catch (IllegalStateException goneWithTheBundle) {
            LOG.debug("{} was unregistered already", name(old.model()));
        }
        closeQuietly(old.service());
    }

    private static void closeQuietly(AutoCloseable service) {
        try {
            service.close();
        } catch (Exception e) {
            LOG.warn("{} could not be closed", service, e);
        }
    }

    private Condition describe() {
        Active<T> current = active.get();
        Optional<String> refused =
                newestFirst.keySet().stream()
                        .takeWhile(r -> current == null || !r.equals(current.model()))
                        .filter(refusals::containsKey)
                        .findFirst()
                        .map(r -> name(r) + " was refused: " + refusals.get(r));
        if (current == null) {
            return refused.map(r -> new Condition(offer.part(), Level.FAILED, r))
                    .orElseGet(this::missing);
        }
        String name = name(current.model());
        return refused.map(
                        r -> new Condition(offer.part(), Level.DEGRADED, name + " goes on: " + r))
                .orElseGet(() -> new Condition(offer.part(), Level.OK, name));
    }

    private Condition missing() {
        return new Condition(
                offer.part(),
                Level.DEGRADED,
                "no model of kind "
                        + kind()
                        + " and format "
                        + offer.format()
                        + " is installed: put its bundle into the folder load");
    }

    private static String name(ServiceReference<ModelData> reference) {
        return reference.getProperty(ModelData.ID) + " " + reference.getProperty(ModelData.VERSION);
    }

    private String kind() {
        return offer.kind().name().toLowerCase(Locale.ROOT);
    }

    private Filter filter() {
        String filter =
                "(&(%s=%s)(%s=%s)(%s=%s))"
                        .formatted(
                                Constants.OBJECTCLASS,
                                ModelData.class.getName(),
                                ModelData.KIND,
                                kind(),
                                ModelData.FORMAT,
                                offer.format());
        try {
            return FrameworkUtil.createFilter(filter);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }

    private Thread thread(Runnable task) {
        var thread = new Thread(task, "facegate-model-" + offer.part().replace('/', '-'));
        thread.setDaemon(true);
        return thread;
    }

    private final class Models extends ServiceTracker<ModelData, ModelData> {
        Models() {
            super(ModelSlot.this.context, filter(), null);
        }

        @Override
        public ModelData addingService(ServiceReference<ModelData> reference) {
            ModelData model = super.addingService(reference);
            if (model != null) {
                newestFirst.put(reference, model);
                worker.execute(ModelSlot.this::refresh);
            }
            return model;
        }

        @Override
        public void removedService(ServiceReference<ModelData> reference, ModelData model) {
            newestFirst.remove(reference);
            worker.execute(ModelSlot.this::refresh);
            super.removedService(reference, model);
        }
    }
}
