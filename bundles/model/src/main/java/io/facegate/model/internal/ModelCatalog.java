// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelState.State;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The models of all bundles that are there. Thread-safe. */
final class ModelCatalog {
    private static final Comparator<TrackedModel> BY_ID_AND_VERSION =
            Comparator.comparing((TrackedModel m) -> m.info().id())
                    .thenComparing(m -> m.declaration().version())
                    .thenComparing(m -> m.info().format());

    private final List<TrackedModel> models = new CopyOnWriteArrayList<>();

    void add(List<TrackedModel> more) {
        models.addAll(more);
    }

    void remove(List<TrackedModel> gone) {
        models.removeAll(gone);
    }

    /** Whether every model has a result. */
    boolean allChecked() {
        return models.stream().allMatch(m -> m.state().isPresent());
    }

    /** Those with a result, by id and version. */
    List<ModelState> states() {
        return sorted().flatMap(m -> m.state().stream()).toList();
    }

    /** One for each id, about its newest version. */
    List<Condition> conditions() {
        Map<String, List<TrackedModel>> versions = new TreeMap<>();
        sorted().forEach(
                        m ->
                                versions.computeIfAbsent(m.info().id(), k -> new ArrayList<>())
                                        .add(m));
        if (versions.isEmpty()) {
            return List.of(
                    new Condition(
                            "model",
                            Level.DEGRADED,
                            "no model bundle is installed: put the models into the folder load"));
        }
        return versions.values().stream().map(ModelCatalog::condition).toList();
    }

    /**
     * @param versions of one id, oldest first; the newest may be there in several formats
     */
    private static Condition condition(List<TrackedModel> versions) {
        TrackedModel last = versions.get(versions.size() - 1);
        String part = "model/" + last.info().id();
        String version = last.info().version();
        List<TrackedModel> newest =
                versions.stream().filter(m -> m.info().version().equals(version)).toList();
        if (newest.stream().anyMatch(m -> m.state().isEmpty())) {
            return new Condition(part, Level.DEGRADED, version + " is being checked");
        }
        boolean several = newest.size() > 1;
        Optional<TrackedModel> refused = newest.stream().filter(m -> !isUsable(m)).findFirst();
        if (refused.isPresent()) {
            boolean another = versions.stream().anyMatch(ModelCatalog::isUsable);
            return new Condition(
                    part,
                    another ? Level.DEGRADED : Level.FAILED,
                    name(refused.get(), several)
                            + " was refused: "
                            + refused.get().state().map(ModelState::message).orElse(""));
        }
        String loaded =
                newest.stream()
                        .filter(ModelCatalog::isLoaded)
                        .map(m -> name(m, several) + " was loaded")
                        .findFirst()
                        .orElse(version + " is good, not loaded");
        return new Condition(part, Level.OK, loaded);
    }

    private static String name(TrackedModel model, boolean withFormat) {
        return model.info().version() + (withFormat ? " (" + model.info().format() + ")" : "");
    }

    private static boolean isLoaded(TrackedModel model) {
        return model.state().map(s -> s.state() == State.ACCEPTED).orElse(false);
    }

    private static boolean isUsable(TrackedModel model) {
        return model.state().map(s -> s.state() != State.REFUSED).orElse(false);
    }

    private Stream<TrackedModel> sorted() {
        return models.stream().sorted(BY_ID_AND_VERSION);
    }
}
