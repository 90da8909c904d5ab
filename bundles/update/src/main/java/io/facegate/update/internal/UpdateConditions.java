// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.model.UpdateStatus.Phase;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.ModelCoverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an update means for the gateway, in words. */
final class UpdateConditions {
    private static final String IN_USE = "gallery/model";
    private static final String CONFIGURED = "model update/configuration";
    private static final String OFFERED = "model update";

    private UpdateConditions() {}

    static List<Condition> of(UpdateStatus status, ModelChoice choices, List<String> complaints) {
        List<Condition> conditions = new ArrayList<>();
        if (!complaints.isEmpty()) {
            conditions.add(
                    new Condition(CONFIGURED, Level.DEGRADED, String.join("; ", complaints)));
        }
        if (!choices.settled()) {
            return conditions;
        }
        ModelChoice.Choice choice = choices.choice();
        inUse(status, choices.served(), choice).ifPresent(conditions::add);
        status.offer().map(UpdateConditions::offered).ifPresent(conditions::add);
        return conditions;
    }

    private static Optional<Condition> inUse(
            UpdateStatus status, Optional<ModelKey> served, ModelChoice.Choice choice) {
        String wanted = choice.inUse().map(ModelKey::id).orElse("none");
        if (served.isEmpty()) {
            return status.offer().isEmpty() && choice.inUse().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Condition(
                                    IN_USE,
                                    Level.FAILED,
                                    "encoder "
                                            + wanted
                                            + " is not installed, nobody is recognised: put its"
                                            + " bundle into the folder load again"
                                            + (status.offer().isPresent()
                                                    ? ", or wait for the other one"
                                                    : "")));
        }
        ModelKey key = served.get();
        if (!choice.inUse().equals(served)) {
            return Optional.of(
                    new Condition(
                            IN_USE,
                            Level.DEGRADED,
                            "%s is not installed, %s goes on: put its bundle into the folder load again, or stay with %s by going back to it"
                                    .formatted(wanted, key.id(), key.id())));
        }
        return status.coverage().map(c -> covered(key, c));
    }

    private static Condition covered(ModelKey key, ModelCoverage coverage) {
        int missing = coverage.people() - coverage.peopleEncoded();
        if (missing > 0) {
            String who = missing == 1 ? "one person" : missing + " people";
            return new Condition(
                    IN_USE,
                    Level.DEGRADED,
                    "%s cannot be recognised with %s: add photos%s"
                            .formatted(
                                    who,
                                    key.id(),
                                    coverage.needPhotos().isEmpty()
                                            ? ""
                                            : " of " + String.join(", ", coverage.needPhotos())));
        }
        return new Condition(
                IN_USE,
                Level.OK,
                "%d of %d faces are encoded with %s"
                        .formatted(coverage.facesEncoded(), coverage.faces(), key.id()));
    }

    private static Condition offered(Offer offer) {
        String name = offer.model().id() + " " + offer.model().version();
        boolean goesOn = offer.phase() != Phase.WAITING && offer.phase() != Phase.REFUSED;
        if (goesOn && !offer.message().isEmpty()) {
            return new Condition(
                    OFFERED,
                    Level.DEGRADED,
                    name + " does not get further, it is tried again: " + offer.message());
        }
        return switch (offer.phase()) {
            case LOADING -> new Condition(OFFERED, Level.OK, name + " is being loaded");
            case ENCODING ->
                    new Condition(
                            OFFERED,
                            Level.OK,
                            name
                                    + ": "
                                    + offer.done()
                                    + " of "
                                    + offer.of()
                                    + " faces encoded"
                                    + timeLeft(offer));
            case SHADOW ->
                    new Condition(
                            OFFERED,
                            Level.OK,
                            name
                                    + " looks at the same faces: "
                                    + offer.live()
                                            .map(l -> l.same() + " of " + l.faces())
                                            .orElse("none")
                                    + " told the same");
            case WAITING ->
                    new Condition(
                            OFFERED,
                            Level.DEGRADED,
                            name
                                    + " is not used: "
                                    + offer.message()
                                    + ". Use it all the same with facegate model use "
                                    + offer.model().id());
            case REFUSED ->
                    new Condition(
                            OFFERED, Level.DEGRADED, name + " was refused: " + offer.message());
        };
    }

    private static String timeLeft(Offer offer) {
        if (offer.facesPerSecond() <= 0) {
            return "";
        }
        long seconds = Math.round((offer.of() - offer.done()) / offer.facesPerSecond());
        return ", %.0f a second, %d s left".formatted(offer.facesPerSecond(), seconds);
    }
}
