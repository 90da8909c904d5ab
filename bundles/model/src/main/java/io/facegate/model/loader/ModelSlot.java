// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.model.loader.EngineClaims.Claim;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps a service of the newest good model of one kind and format registered. Models are loaded on
 * a thread of the slot's own while the service of the model before goes on; the new service is
 * registered before the old one is unregistered and closed. A model that is refused is not tried
 * again until its bundle restarts. When the newest model goes, the next one is loaded. While
 * another engine has or loads a newer model of the kind, or the same version and is preferred, this
 * slot stands by and holds nothing once that engine serves.
 *
 * @param <T> the service
 */
public final class ModelSlot<T extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSlot.class);
    private static final long STOP_SECONDS = 3;

    private final BundleContext context;
    private final ServiceOffer<T> offer;
    private final ModelLoader<T> loader;
    private final Candidates candidates;
    private final ExecutorService worker;
    private final AtomicReference<Active<T>> active = new AtomicReference<>();
    private final EngineClaims claims;
    private volatile Condition condition;
    private volatile boolean closed;

    private record Active<T>(
            ServiceReference<ModelData> model,
            ModelData data,
            T service,
            ServiceRegistration<?> registration) {}

    /** Opens the slot; returns at once. */
    public ModelSlot(BundleContext context, ServiceOffer<T> offer, ModelLoader<T> loader) {
        this.context = context;
        this.offer = offer;
        this.loader = loader;
        worker =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        this::thread,
                        new ThreadPoolExecutor.DiscardPolicy());
        candidates = new Candidates(context, offer, this::candidatesChanged);
        claims = new EngineClaims(context, offer, this::look);
        condition = missing();
        claims.open();
        candidates.open();
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
        worker.shutdown();
        candidates.close();
        claims.close();
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
            announce();
            Optional<Map.Entry<ServiceReference<ModelData>, ModelData>> best = candidates.best();
            if (best.isEmpty()) {
                retire(active.getAndSet(null));
            } else if (standsBy(best.get().getKey())) {
                return;
            } else if (!isActive(best.get().getKey())
                    && !change(best.get().getKey(), best.get().getValue())) {
                continue;
            }
            announce();
            condition = describe();
            return;
        }
    }

    /** What serves goes on until the better engine serves. */
    private boolean standsBy(ServiceReference<ModelData> best) {
        Optional<EngineClaims.Rival> rival = claims.above(offer.rank(best));
        rival.ifPresent(
                better -> {
                    if (better.serving()) {
                        retire(active.getAndSet(null));
                    }
                    announce();
                    condition =
                            new Condition(
                                    offer.part(),
                                    Level.OK,
                                    Candidates.name(best)
                                            + " stands by: "
                                            + better.format()
                                            + " is used");
                });
        return rival.isPresent();
    }

    /** Before a model is loaded, so that other engines do not load it at the same time. */
    private void announce() {
        claims.update(
                () ->
                        candidates
                                .best()
                                .map(Map.Entry::getKey)
                                .map(m -> new Claim(OptionalInt.of(offer.rank(m)), isActive(m)))
                                .orElse(new Claim(OptionalInt.empty(), false)));
    }

    private boolean isActive(ServiceReference<ModelData> model) {
        Active<T> current = active.get();
        return current != null && current.model().equals(model);
    }

    /** Whether the model was loaded. */
    private boolean change(ServiceReference<ModelData> reference, ModelData model) {
        String name = Candidates.name(reference);
        if (active.get() == null) {
            condition = new Condition(offer.part(), Level.DEGRADED, "loading " + name);
        }
        long start = System.nanoTime();
        try {
            replace(reference, model, loader.load(model));
        } catch (ModelRefusedException e) {
            return refuse(reference, model, e.getMessage());
        } catch (IOException e) {
            return refuse(reference, model, "it cannot be read: " + e.getMessage());
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            if (isShuttingDown()) {
                candidates.refuse(reference, "the process ends");
                return false;
            }
            return refuse(reference, model, "it cannot be loaded: " + e);
        }
        if (!closed) {
            model.accepted();
            long millis = (System.nanoTime() - start) / 1_000_000;
            LOG.info("{}: model {} in use, loaded in {} ms", offer.part(), name, millis);
            releaseModelBytes();
        }
        return true;
    }

    /**
     * A model's bytes, tens of megabytes, lie in the old generation. A gateway that runs for months
     * would keep them until its heap is full; a command ends sooner than that.
     */
    private void releaseModelBytes() {
        if ("gateway".equals(context.getProperty("facegate.mode"))) {
            System.gc();
        }
    }

    /** A command may be over while a model is still being loaded: that is no fault of the model. */
    private static boolean isShuttingDown() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException shuttingDown) {
            return true;
        }
    }

    private boolean refuse(ServiceReference<ModelData> reference, ModelData model, String reason) {
        candidates.refuse(reference, reason);
        model.refused(reason); // the extender logs it
        return false;
    }

    private void replace(ServiceReference<ModelData> reference, ModelData model, T service) {
        ModelInfo info = model.info();
        Map<String, Object> properties = new HashMap<>(offer.properties());
        properties.put(ModelData.ID, info.id());
        properties.put(ModelData.VERSION, info.version());
        properties.put(ModelData.FORMAT, info.format());
        properties.put(Constants.SERVICE_RANKING, offer.rank(reference));
        ServiceRegistration<?> registration;
        try {
            registration = register(offer.type(), service, properties);
        } catch (IllegalStateException bundleHasStopped) {
            closeQuietly(service);
            return;
        }
        retire(active.getAndSet(new Active<>(reference, model, service, registration)));
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
            LOG.debug("{} was unregistered already", Candidates.name(old.model()));
        }
        closeQuietly(old.service());
        old.data().released();
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
                candidates.refusedBefore(Optional.ofNullable(current).map(Active::model));
        if (current == null) {
            Level level = claims.serving().isPresent() ? Level.DEGRADED : Level.FAILED;
            return refused.map(r -> new Condition(offer.part(), level, r)).orElseGet(this::missing);
        }
        String name = Candidates.name(current.model());
        return refused.map(
                        r -> new Condition(offer.part(), Level.DEGRADED, name + " goes on: " + r))
                .orElseGet(() -> new Condition(offer.part(), Level.OK, name));
    }

    private Condition missing() {
        String what = "no model of " + offer.models();
        return claims.serving()
                .map(
                        r ->
                                new Condition(
                                        offer.part(),
                                        Level.OK,
                                        what + ": " + r.format() + " is used"))
                .orElse(
                        new Condition(
                                offer.part(),
                                Level.DEGRADED,
                                what + " is installed: put its bundle into the folder load"));
    }

    private void candidatesChanged() {
        announce(); // at once, so that other engines need not begin
        look();
    }

    private void look() {
        worker.execute(this::refresh);
    }

    private Thread thread(Runnable task) {
        var thread = new Thread(task, "facegate-model-" + offer.part().replace('/', '-'));
        thread.setDaemon(true);
        return thread;
    }
}
