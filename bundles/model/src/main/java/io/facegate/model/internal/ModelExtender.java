// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Extends every active bundle with the capability {@code facegate.model}: checks its data on a
 * thread of its own (the framework's threads do not wait for it) and registers good ones as {@link
 * ModelData}, until the bundle or this extender stops.
 */
@Capability(namespace = "osgi.extender", name = Declaration.NAMESPACE, version = "1.0.0")
@Component(
        service = {ModelRegistry.class, ConditionSource.class},
        immediate = true)
public final class ModelExtender
        implements ModelRegistry, ConditionSource, BundleTrackerCustomizer<List<TrackedModel>> {
    private static final long STOP_SECONDS = 3;

    private final BundleContext context;
    private final ModelCatalog catalog = new ModelCatalog();
    private final ExecutorService checker =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    ModelExtender::thread,
                    new ThreadPoolExecutor.DiscardPolicy());
    private final BundleTracker<List<TrackedModel>> tracker;
    private volatile boolean stopping;

    /** Starts to track the bundles of the framework. */
    @Activate
    public ModelExtender(BundleContext context) {
        this.context = context;
        tracker = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE, this);
        tracker.open();
    }

    /** Withdraws all models. */
    @Deactivate
    public void deactivate() {
        stopping = true;
        tracker.close();
        checker.shutdown();
        try {
            checker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<ModelState> models() {
        return catalog.states();
    }

    @Override
    public List<Condition> conditions() {
        return catalog.conditions();
    }

    @Override
    public List<TrackedModel> addingBundle(Bundle bundle, BundleEvent event) {
        List<TrackedModel> models = modelsOf(bundle);
        catalog.add(models);
        models.forEach(m -> checker.execute(() -> m.check(() -> stopping, this::register)));
        return models.isEmpty() ? null : models;
    }

    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, List<TrackedModel> models) {
        // from starting to active nothing changes
    }

    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, List<TrackedModel> models) {
        catalog.remove(models);
        models.forEach(TrackedModel::withdraw);
    }

    private static List<TrackedModel> modelsOf(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) {
            return List.of();
        }
        String name = bundle.getSymbolicName() + " " + bundle.getVersion();
        return wiring.getCapabilities(Declaration.NAMESPACE).stream()
                .map(c -> Declaration.of(c.getAttributes(), bundle.getSymbolicName()))
                .map(d -> new TrackedModel(d, name, path -> open(bundle, path)))
                .toList();
    }

    private static Optional<InputStream> open(Bundle bundle, String path) throws IOException {
        try {
            URL entry = bundle.getEntry(path);
            return entry == null ? Optional.empty() : Optional.of(entry.openStream());
        } catch (IllegalStateException e) {
            throw new IOException("the bundle was uninstalled", e);
        }
    }

    private Runnable register(TrackedModel model) {
        var properties =
                Map.of(
                        ModelData.ID, model.info().id(),
                        ModelData.KIND, model.info().kind().name().toLowerCase(Locale.ROOT),
                        ModelData.FORMAT, model.info().format(),
                        ModelData.VERSION, model.info().version(),
                        Constants.SERVICE_RANKING, model.declaration().ranking());
        try {
            ServiceRegistration<ModelData> registration =
                    context.registerService(
                            ModelData.class, model, FrameworkUtil.asDictionary(properties));
            return () -> unregister(registration);
        } catch (IllegalStateException e) {
            return () -> {}; // this bundle has just stopped
        }
    }

    private static void unregister(ServiceRegistration<ModelData> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            // gone with the bundle
        }
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "facegate-model-check");
        thread.setDaemon(true);
        return thread;
    }
}
