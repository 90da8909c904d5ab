// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.toSet;

import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;

import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which role each model has by the choice and by what is installed. Thread-safe; tells of a change
 * after the change, outside its lock.
 */
final class EncoderChoice implements ModelChoice {
    private static final Logger LOG = LoggerFactory.getLogger(EncoderChoice.class);

    /** Of two models with the same version always the same one. */
    private static final Comparator<TrackedModel> BY_VERSION =
            Comparator.comparing((TrackedModel m) -> m.declaration().version())
                    .thenComparing(m -> m.info().id(), Comparator.reverseOrder())
                    .thenComparing(m -> m.info().weights());

    private final ChoiceFile file;
    private final boolean gateway;
    private final Runnable changed;
    private Choice choice;
    private Optional<ModelKey> candidate = Optional.empty();
    private Optional<ModelKey> served = Optional.empty();
    private Set<ModelKey> present = Set.of();
    private boolean settled;

    /**
     * @param gateway whether somebody is there who encodes people with a model before it is used;
     *     otherwise the newest model serves when none that was chosen is there, and the newest
     *     found so far while the others are still looked at
     * @param changed called when roles may have changed; must return at once
     */
    EncoderChoice(ChoiceFile file, boolean gateway, Runnable changed) {
        this.file = file;
        this.gateway = gateway;
        this.changed = changed;
        choice = file.read();
    }

    @Override
    public synchronized Choice choice() {
        return choice;
    }

    @Override
    public synchronized Optional<ModelKey> served() {
        return served;
    }

    @Override
    public synchronized boolean settled() {
        return settled;
    }

    @Override
    public void use(ModelKey model) throws IOException {
        synchronized (this) {
            if (choice.inUse().equals(Optional.of(model))) {
                return;
            }
            Optional<ModelKey> before = served.filter(key -> !key.equals(model)).or(choice::inUse);
            Set<ModelKey> declined = new LinkedHashSet<>(choice.declined());
            // neither what was left nor what was passed over is new again
            declined.addAll(present);
            choice.inUse().ifPresent(declined::add);
            choice.previous().ifPresent(declined::add);
            declined.remove(model);
            before.ifPresent(declined::remove);
            become(new Choice(Optional.of(model), before, declined));
        }
        changed.run();
    }

    @Override
    public Optional<ModelKey> goBack() throws IOException {
        Optional<ModelKey> previous;
        synchronized (this) {
            previous = choice.previous();
            if (previous.isEmpty()) {
                return previous;
            }
            Set<ModelKey> declined = new LinkedHashSet<>(choice.declined());
            choice.inUse().ifPresent(declined::add);
            declined.addAll(present);
            declined.remove(previous.get());
            become(new Choice(previous, choice.inUse(), declined));
        }
        changed.run();
        return previous;
    }

    @Override
    public void forget(ModelKey model) throws IOException {
        synchronized (this) {
            if (!choice.previous().equals(Optional.of(model))) {
                return;
            }
            Set<ModelKey> declined = new LinkedHashSet<>(choice.declined());
            declined.add(model);
            become(new Choice(choice.inUse(), Optional.empty(), declined));
        }
        changed.run();
    }

    @Override
    public void tryOut(Optional<ModelKey> model) {
        synchronized (this) {
            if (candidate.equals(model)) {
                return;
            }
            candidate = model;
        }
        changed.run();
    }

    private void become(Choice next) throws IOException {
        file.write(next);
        choice = next;
        LOG.info(
                "Encoder {} is chosen{}",
                next.inUse().map(ModelKey::id).orElse("none"),
                next.previous().map(p -> ", before it " + p.id()).orElse(""));
    }

    /**
     * Decides anew who serves.
     *
     * @param good the models that were checked and found good
     * @param complete whether all bundles have started and their models were looked at
     * @param settled whether it is certain besides that one that is missing does not come
     */
    synchronized void decide(Collection<TrackedModel> good, boolean complete, boolean settled) {
        this.settled = settled;
        if (complete && choice.inUse().isEmpty()) {
            newest(good).ifPresent(first -> record(first, good));
        }
        present = encoders(good).map(m -> m.info().key()).collect(toSet());
        served = serving(good, complete, settled);
    }

    /** The first encoder of a data folder; older ones beside it are not offered after it. */
    private void record(ModelKey first, Collection<TrackedModel> good) {
        Version newest =
                encoders(good).map(m -> m.declaration().version()).max(naturalOrder()).get();
        Set<ModelKey> declined = new LinkedHashSet<>(choice.declined());
        encoders(good)
                .filter(m -> m.declaration().version().compareTo(newest) < 0)
                .map(m -> m.info().key())
                .filter(key -> !key.equals(first))
                .forEach(declined::add);
        Choice next = new Choice(Optional.of(first), Optional.empty(), declined);
        try {
            file.write(next);
        } catch (IOException e) {
            LOG.warn("The encoder in use cannot be kept: {}", e.toString());
        }
        choice = next;
    }

    private Optional<ModelKey> serving(
            Collection<TrackedModel> good, boolean complete, boolean settled) {
        if (choice.inUse().isEmpty()) {
            // a gateway does not look at its first frames with one that another takes over from
            return gateway && !complete ? Optional.empty() : newest(good);
        }
        if (isThere(choice.inUse(), good)) {
            return choice.inUse();
        }
        if (!settled) {
            return Optional.empty();
        }
        if (isThere(choice.previous(), good)) {
            return choice.previous();
        }
        return gateway ? Optional.empty() : newest(good);
    }

    private static boolean isThere(Optional<ModelKey> key, Collection<TrackedModel> good) {
        return key.isPresent() && encoders(good).anyMatch(m -> m.info().key().equals(key.get()));
    }

    private static Optional<ModelKey> newest(Collection<TrackedModel> good) {
        return encoders(good).max(BY_VERSION).map(m -> m.info().key());
    }

    private static Stream<TrackedModel> encoders(Collection<TrackedModel> models) {
        return models.stream().filter(m -> m.info().kind() == ModelKind.ENCODER);
    }

    /** The role of a model by the last decision. */
    synchronized String role(TrackedModel model) {
        Optional<ModelKey> key = Optional.of(model.info().key());
        if (model.info().kind() != ModelKind.ENCODER || served.equals(key)) {
            return ModelData.IN_USE;
        }
        return candidate.equals(key) ? ModelData.CANDIDATE : ModelData.IDLE;
    }
}
