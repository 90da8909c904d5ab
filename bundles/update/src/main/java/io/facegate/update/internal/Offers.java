// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;

import org.osgi.framework.Version;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of the encoders installed is to come after the one in use. */
final class Offers {
    private static final Comparator<ModelState> NEWEST =
            Comparator.comparing(state -> Version.parseVersion(state.info().version()));

    private final List<ModelState> encoders;
    private final ModelChoice.Choice choice;
    private final Optional<ModelKey> served;

    Offers(ModelRegistry registry, ModelChoice choices) {
        encoders =
                registry.models().stream()
                        .filter(state -> state.info().kind() == ModelKind.ENCODER)
                        .toList();
        choice = choices.choice();
        served = choices.served();
    }

    /**
     * The encoder to be worked on.
     *
     * @param asked what a person asked for
     */
    Optional<ModelInfo> target(Optional<ModelKey> asked) {
        Optional<ModelInfo> wanted = asked.flatMap(this::usable);
        return wanted.isPresent() ? wanted : best(good().filter(this::isNew));
    }

    /** The newest that was refused since the one in use was chosen, to be told of. */
    Optional<ModelState> refused() {
        return encoders.stream()
                .filter(state -> state.state() == ModelState.State.REFUSED)
                .filter(state -> usable(state.info().key()).isEmpty())
                .filter(this::isNew)
                .max(NEWEST);
    }

    /** An encoder installed that is good and not in use. */
    Optional<ModelInfo> usable(ModelKey key) {
        return best(
                good().filter(state -> state.info().key().equals(key))
                        .filter(state -> !served.equals(Optional.of(key))));
    }

    /** Why an encoder cannot come into use; empty when it can. */
    Optional<String> obstacle(ModelKey key) {
        if (served.equals(Optional.of(key))) {
            return Optional.of("it is in use already");
        }
        if (usable(key).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                encoders.stream()
                        .filter(state -> state.info().key().equals(key))
                        .findFirst()
                        .map(state -> "it was refused: " + state.message())
                        .orElse("it is not installed: put its bundle into the folder load"));
    }

    /** Where nothing serves, everything is new. */
    private boolean isNew(ModelState state) {
        Optional<ModelKey> key = Optional.of(state.info().key());
        return served.isEmpty()
                || !served.equals(key)
                        && !choice.inUse().equals(key)
                        && !choice.previous().equals(key)
                        && !choice.declined().contains(key.get());
    }

    private Stream<ModelState> good() {
        return encoders.stream().filter(state -> state.state() != ModelState.State.REFUSED);
    }

    private static Optional<ModelInfo> best(Stream<ModelState> states) {
        return states.max(NEWEST).map(ModelState::info);
    }
}
