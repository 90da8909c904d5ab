// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import io.facegate.api.model.ModelData;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The good models as services, each with its role. Thread-safe. */
final class PublishedModels {
    private final BundleContext context;
    private final AtomicLong count = new AtomicLong();
    private final Map<TrackedModel, Published> models = new ConcurrentHashMap<>();

    private record Published(
            ServiceRegistration<ModelData> registration, String role, long order) {}

    PublishedModels(BundleContext context) {
        this.context = context;
    }

    /** Those that are published. */
    Set<TrackedModel> models() {
        return models.keySet();
    }

    void publish(TrackedModel model, String role) {
        models.put(
                model,
                new Published(
                        context.registerService(ModelData.class, model, properties(model, role)),
                        role,
                        count.getAndIncrement()));
    }

    void withdraw(TrackedModel model) {
        Published published = models.remove(model);
        if (published == null) {
            return;
        }
        try {
            published.registration().unregister();
        } catch (IllegalStateException e) {
            // gone with the bundle
        }
    }

    /** Gives a model another role. */
    void assign(TrackedModel model, String role) {
        models.computeIfPresent(
                model,
                (m, published) -> new Published(published.registration(), role, published.order()));
        Published now = models.get(model);
        if (now == null) {
            return;
        }
        try {
            now.registration().setProperties(properties(model, role));
        } catch (IllegalStateException e) {
            // withdrawn meanwhile
        }
    }

    /** Rises in the order of publishing: engines that are preferred start first. */
    long order(TrackedModel model) {
        Published published = models.get(model);
        return published == null ? Long.MAX_VALUE : published.order();
    }

    String role(TrackedModel model) {
        Published published = models.get(model);
        return published == null ? "" : published.role();
    }

    private static Dictionary<String, ?> properties(TrackedModel model, String role) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ModelData.ID, model.info().id());
        properties.put(ModelData.KIND, model.info().kind().name().toLowerCase(Locale.ROOT));
        properties.put(ModelData.FORMAT, model.info().format());
        properties.put(ModelData.VERSION, model.info().version());
        properties.put(ModelData.ROLE, role);
        properties.put(Constants.SERVICE_RANKING, model.declaration().ranking());
        if (!model.declaration().method().isEmpty()) {
            properties.put(ModelData.METHOD, model.declaration().method());
        }
        return FrameworkUtil.asDictionary(properties);
    }
}
