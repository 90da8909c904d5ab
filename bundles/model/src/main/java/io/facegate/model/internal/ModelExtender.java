// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Extends every active bundle with the capability {@code facegate.model}: checks its data on a
 * thread of its own (the framework's threads do not wait for it) and registers good ones as {@link
 * ModelData}, until the bundle or this extender stops.
 */
@Capability(namespace = "osgi.extender", name = Declaration.NAMESPACE, version = "1.0.0")
@Component(
        service = {ModelRegistry.class, ModelChoice.class, ConditionSource.class},
        immediate = true)
public final class ModelExtender
        implements ModelRegistry,
                ModelChoice,
                ConditionSource,
                BundleTrackerCustomizer<List<TrackedModel>> {
    private static final long STOP_SECONDS = 3;
    private static final long GRACE_MILLIS = 5000;

    private final BundleContext context;
    private final SignatureGuard guard;
    private final ModelCatalog catalog = new ModelCatalog();
    private final ScheduledThreadPoolExecutor checker =
            new ScheduledThreadPoolExecutor(
                    1, ModelExtender::thread, new ThreadPoolExecutor.DiscardPolicy());
    private final long graceMillis;
    private final BundleTracker<List<TrackedModel>> tracker;
    private final PublishedModels published;
    private final EncoderChoice choice;
    private final FrameworkListener listener = this::frameworkEvent;
    private volatile boolean started;
    private volatile boolean graceOver;
    private volatile boolean stopping;

    /** Starts to track the bundles of the framework. */
    @Activate
    public ModelExtender(BundleContext context) {
        this(context, GRACE_MILLIS);
    }

    /**
     * @param graceMillis how long after the start of the framework an encoder that was chosen may
     *     come
     */
    ModelExtender(BundleContext context, long graceMillis) {
        this.context = context;
        guard = new SignatureGuard(context, dataFolder(context));
        this.graceMillis = graceMillis;
        checker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        published = new PublishedModels(context);
        choice =
                new EncoderChoice(
                        new ChoiceFile(dataFolder(context).resolve("encoder.choice")),
                        "gateway".equals(context.getProperty("facegate.mode")),
                        this::reassign);
        context.addFrameworkListener(listener);
        if (hasStarted(context.getBundle(0))) {
            started();
        }
        tracker = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE, this);
        tracker.open();
    }

    private static Path dataFolder(BundleContext context) {
        String data = context.getProperty("facegate.data");
        return Path.of(data == null ? "facegate-data" : data);
    }

    private static boolean hasStarted(Bundle framework) {
        FrameworkStartLevel level = framework.adapt(FrameworkStartLevel.class);
        String last =
                framework.getBundleContext().getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
        return framework.getState() == Bundle.ACTIVE
                && level.getStartLevel() >= (last == null ? 1 : Integer.parseInt(last.trim()));
    }

    /** Withdraws all models. */
    @Deactivate
    public void deactivate() {
        stopping = true;
        context.removeFrameworkListener(listener);
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
    public Choice choice() {
        return choice.choice();
    }

    @Override
    public Optional<ModelKey> served() {
        return choice.served();
    }

    @Override
    public boolean settled() {
        return choice.settled();
    }

    @Override
    public void use(ModelKey model) throws IOException {
        choice.use(model);
    }

    @Override
    public Optional<ModelKey> goBack() throws IOException {
        return choice.goBack();
    }

    @Override
    public void forget(ModelKey model) throws IOException {
        choice.forget(model);
    }

    @Override
    public void tryOut(Optional<ModelKey> model) {
        choice.tryOut(model);
    }

    @Override
    public List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>(catalog.conditions());
        guard.trouble().ifPresent(conditions::add);
        return conditions;
    }

    @Override
    public List<TrackedModel> addingBundle(Bundle bundle, BundleEvent event) {
        List<TrackedModel> models = modelsOf(bundle);
        catalog.add(models);
        models.forEach(m -> checker.execute(() -> check(m)));
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

    private void check(TrackedModel model) {
        model.check(() -> stopping, this::publish);
        assign(); // one that was refused no longer keeps others waiting
    }

    private List<TrackedModel> modelsOf(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) {
            return List.of();
        }
        if (guard.trouble().isPresent()) {
            return List.of();
        }
        String name = bundle.getSymbolicName() + " " + bundle.getVersion();
        return wiring.getCapabilities(Declaration.NAMESPACE).stream()
                .map(c -> Declaration.of(c.getAttributes(), bundle.getSymbolicName()))
                .map(d -> new TrackedModel(d, name, path -> open(wiring, path)))
                .toList();
    }

    /** Of the content that was resolved, not of one the bundle is just updated with. */
    private static Optional<InputStream> open(BundleWiring wiring, String path) throws IOException {
        int slash = path.lastIndexOf('/');
        List<URL> entries =
                wiring.findEntries(
                        slash < 0 ? "/" : path.substring(0, slash), path.substring(slash + 1), 0);
        if (entries == null) {
            throw new IOException("the bundle was uninstalled or updated");
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(0).openStream());
    }

    /** On the checker only. */
    private Runnable publish(TrackedModel model) {
        try {
            Set<TrackedModel> good = new HashSet<>(published.models());
            good.add(model);
            decide(good);
            published.publish(model, choice.role(model));
            assign();
        } catch (IllegalStateException e) {
            return () -> {}; // this bundle has just stopped
        }
        return () -> {
            published.withdraw(model);
            reassign();
        };
    }

    private void reassign() {
        checker.execute(this::assign);
    }

    /** Those that come into use first, so that there is always one; on the checker only. */
    private void assign() {
        if (stopping) {
            return;
        }
        decide(published.models());
        List<TrackedModel> changing =
                published.models().stream()
                        .filter(m -> !choice.role(m).equals(published.role(m)))
                        .sorted(
                                Comparator.comparing(
                                                (TrackedModel m) ->
                                                        !choice.role(m).equals(ModelData.IN_USE))
                                        .thenComparing(published::order))
                        .toList();
        changing.forEach(m -> published.assign(m, choice.role(m)));
    }

    private void decide(Collection<TrackedModel> good) {
        boolean complete = started && catalog.allChecked();
        choice.decide(good, complete, complete && graceOver);
    }

    private void started() {
        started = true;
        reassign();
        // File Install starts what is in its folders by a thread of its own, after the framework
        checker.schedule(
                () -> {
                    graceOver = true;
                    assign();
                },
                graceMillis,
                TimeUnit.MILLISECONDS);
    }

    /** Bundles that start with the framework have started. */
    private void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED) {
            started();
        }
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "facegate-model-check");
        thread.setDaemon(true);
        return thread;
    }
}
