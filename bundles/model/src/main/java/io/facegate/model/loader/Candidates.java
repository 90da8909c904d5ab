// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import io.facegate.api.model.ModelData;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The models of one kind, format and role, newest first, and which of them were refused.
 * Thread-safe.
 */
final class Candidates extends ServiceTracker<ModelData, ModelData> {
    private final NavigableMap<ServiceReference<ModelData>, ModelData> newestFirst =
            new ConcurrentSkipListMap<>(Comparator.reverseOrder());
    private final Map<ServiceReference<ModelData>, String> refusals = new ConcurrentHashMap<>();
    private final Runnable changed;

    /**
     * @param changed called when a model came or went; must return at once
     */
    Candidates(BundleContext context, ServiceOffer<?> offer, Runnable changed) {
        super(context, filter(offer), null);
        this.changed = changed;
    }

    /** The newest that was not refused. */
    Optional<Map.Entry<ServiceReference<ModelData>, ModelData>> best() {
        return newestFirst.entrySet().stream()
                .filter(e -> !refusals.containsKey(e.getKey()))
                .findFirst();
    }

    /** Until its bundle restarts. */
    void refuse(ServiceReference<ModelData> model, String reason) {
        refusals.put(model, reason);
    }

    /** What was refused, and why, of those newer than the given one. */
    Optional<String> refusedBefore(Optional<ServiceReference<ModelData>> model) {
        return newestFirst.keySet().stream()
                .takeWhile(r -> model.isEmpty() || !r.equals(model.get()))
                .filter(refusals::containsKey)
                .findFirst()
                .map(r -> name(r) + " was refused: " + refusals.get(r));
    }

    static String name(ServiceReference<ModelData> model) {
        return model.getProperty(ModelData.ID) + " " + model.getProperty(ModelData.VERSION);
    }

    @Override
    public ModelData addingService(ServiceReference<ModelData> reference) {
        ModelData model = super.addingService(reference);
        if (model != null) {
            newestFirst.put(reference, model);
            changed.run();
        }
        return model;
    }

    @Override
    public void removedService(ServiceReference<ModelData> reference, ModelData model) {
        newestFirst.remove(reference);
        refusals.remove(reference);
        changed.run();
        super.removedService(reference, model);
    }

    private static String ofMethod(String method) {
        String said = "(%s=%s)".formatted(ModelData.METHOD, method);
        return method.equals(ModelData.USUAL_METHOD)
                ? "(|%s(!(%s=*)))".formatted(said, ModelData.METHOD)
                : said;
    }

    private static Filter filter(ServiceOffer<?> offer) {
        String role = "(%s=%s)".formatted(ModelData.ROLE, offer.role());
        if (offer.role().equals(ModelData.IN_USE)) {
            role = "(|%s(!(%s=*)))".formatted(role, ModelData.ROLE);
        }
        String method = offer.method().map(Candidates::ofMethod).orElse("");
        String filter =
                "(&(%s=%s)(%s=%s)(%s=%s)%s%s)"
                        .formatted(
                                Constants.OBJECTCLASS,
                                ModelData.class.getName(),
                                ModelData.KIND,
                                offer.kindName(),
                                ModelData.FORMAT,
                                offer.format(),
                                role,
                                method);
        try {
            return FrameworkUtil.createFilter(filter);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }
}
