// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.model.UpdateStatus.Phase;
import io.facegate.command.internal.session.Session;

import java.time.Duration;
import java.util.Optional;

/** An update as it goes on, told line by line until it has come to an end. */
final class UpdateProgress {
    /** An update may encode a hundred thousand faces. */
    static final Duration LONGEST = Duration.ofDays(7);

    private final Session session;
    private final ModelUpdates updates;
    private final ModelKey wanted;
    private String shown = "";
    private boolean begun;

    /**
     * @param wanted the encoder that was asked for
     */
    UpdateProgress(Session session, ModelUpdates updates, ModelKey wanted) {
        this.session = session;
        this.updates = updates;
        this.wanted = wanted;
    }

    /**
     * Blocks until the encoder is in use, or will not be.
     *
     * @return why it is not in use; empty when it is
     */
    Optional<String> end() {
        return session.await(this::look, LONGEST)
                .orElse(Optional.of("not in use yet; what was encoded is kept"));
    }

    private Optional<Optional<String>> look() {
        UpdateStatus status = updates.status();
        Optional<Offer> offer = status.offer().filter(o -> o.model().key().equals(wanted));
        show(offer);
        if (status.inUse().equals(Optional.of(wanted))) {
            return Optional.of(Optional.empty());
        }
        if (offer.isPresent()) {
            begun = true;
            return offer.filter(o -> o.phase() == Phase.REFUSED)
                    .map(o -> Optional.of("refused: " + o.message()));
        }
        if (!isInstalled()) {
            return Optional.of(
                    Optional.of("not installed any more; what was encoded with it is kept"));
        }
        return begun && !isChosen()
                ? Optional.of(
                        Optional.of(
                                "not used: another encoder was chosen meanwhile; what was encoded"
                                        + " is kept"))
                : Optional.empty();
    }

    private boolean isInstalled() {
        return session.parts()
                .find(ModelRegistry.class)
                .map(r -> r.models().stream().anyMatch(m -> m.info().key().equals(wanted)))
                .orElse(true);
    }

    /** It is chosen a little before it is in use. */
    private boolean isChosen() {
        return session.parts()
                .find(ModelChoice.class)
                .map(c -> c.choice().inUse().equals(Optional.of(wanted)))
                .orElse(true);
    }

    private void show(Optional<Offer> offer) {
        String line = offer.map(UpdateProgress::line).orElse("");
        if (!line.equals(shown) && !line.isEmpty()) {
            session.err().println(line);
        }
        shown = line;
    }

    /** How far it is, or what hinders it. */
    static String line(Offer offer) {
        String name = offer.model().id() + " " + offer.model().version();
        return switch (offer.phase()) {
            case LOADING -> name + " is being loaded" + hindrance(offer);
            case ENCODING ->
                    "%s: %d of %d faces encoded, %.0f a second%s"
                            .formatted(
                                    name,
                                    offer.done(),
                                    offer.of(),
                                    offer.facesPerSecond(),
                                    hindrance(offer));
            case SHADOW -> name + " looks at the same faces as the one in use" + hindrance(offer);
            case WAITING -> name + " waits: " + offer.message();
            case REFUSED -> name + " was refused: " + offer.message();
        };
    }

    private static String hindrance(Offer offer) {
        return offer.message().isEmpty() ? "" : "; it is tried again: " + offer.message();
    }
}
