// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.model.UpdateStatus.Phase;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What facegate model use tells until it ends. */
class UpdateProgressTest {
    private static final ModelInfo OLD = info("old", 'a');
    private static final ModelInfo NEW = info("new", 'b');

    private final Deque<UpdateStatus> told = new ArrayDeque<>();
    private volatile List<ModelInfo> installed = List.of(OLD, NEW);
    private final ModelRegistry registry =
            () ->
                    installed.stream()
                            .map(i -> new ModelState(i, ModelState.State.ACCEPTED, ""))
                            .toList();
    private final Terminal terminal = new Terminal(new FakeParts(registry, new Updates()));

    private final class Updates implements ModelUpdates {
        @Override
        public UpdateStatus status() {
            return told.size() > 1 ? told.remove() : told.element();
        }

        @Override
        public void activate(ModelKey model) {}

        @Override
        public Optional<ModelKey> rollBack() {
            return Optional.empty();
        }

        @Override
        public ClearedEncodings clear(ModelKey model, boolean force) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void whatHindersItIsTold() {
        tell(
                status(OLD),
                status(OLD, offer(NEW, Phase.ENCODING, "the disk is full")),
                status(OLD, offer(NEW, Phase.ENCODING, "")),
                status(NEW));
        assertThat(terminal.run("model", "use", "new")).isZero();
        assertThat(terminal.err())
                .contains(
                        "new 1.0.0: 3 of 16 faces encoded, 5 a second; it is tried again: the disk is full");
        assertThat(terminal.out()).contains("new is in use.");
    }

    @Test
    void itEndsWhenTheBundleIsTakenAway() {
        tell(status(OLD), status(OLD, offer(NEW, Phase.ENCODING, "")), status(OLD));
        installed = List.of(OLD, NEW);
        Terminal gone =
                new Terminal(
                        new FakeParts(
                                (ModelRegistry)
                                        () -> {
                                            List<ModelState> all = registry.models();
                                            installed = List.of(OLD); // after it was found
                                            return all;
                                        },
                                new Updates()));
        assertThat(gone.run("model", "use", "new")).isEqualTo(1);
        assertThat(gone.err()).contains("new is not installed any more");
    }

    @Test
    void itEndsWhenSomebodyGoesBack() {
        tell(status(OLD), status(OLD, offer(NEW, Phase.ENCODING, "")), status(OLD));
        Terminal back = new Terminal(new FakeParts(registry, new Updates(), new OldIsChosen()));
        assertThat(back.run("model", "use", "new")).isEqualTo(1);
        assertThat(back.err()).contains("new is not used: another encoder was chosen meanwhile");
    }

    private static final class OldIsChosen implements ModelChoice {
        @Override
        public Choice choice() {
            return new Choice(Optional.of(OLD.key()), Optional.empty(), Set.of());
        }

        @Override
        public Optional<ModelKey> served() {
            return Optional.of(OLD.key());
        }

        @Override
        public boolean settled() {
            return true;
        }

        @Override
        public void use(ModelKey model) {}

        @Override
        public Optional<ModelKey> goBack() {
            return Optional.empty();
        }

        @Override
        public void forget(ModelKey model) {}

        @Override
        public void tryOut(Optional<ModelKey> model) {}
    }

    @Test
    void anotherOneThatIsRefusedDoesNotEndIt() {
        tell(
                status(OLD),
                status(OLD, offer(info("other", 'c'), Phase.REFUSED, "bad")),
                status(NEW));
        assertThat(terminal.run("model", "use", "new")).isZero();
    }

    private void tell(UpdateStatus... all) {
        told.addAll(Arrays.asList(all));
    }

    private static UpdateStatus status(ModelInfo inUse, Offer... offer) {
        return new UpdateStatus(
                Optional.of(inUse.key()),
                Optional.empty(),
                Optional.empty(),
                Arrays.stream(offer).findFirst());
    }

    private static Offer offer(ModelInfo model, Phase phase, String message) {
        return new Offer(model, phase, 3, 16, 5, message, Optional.empty(), Optional.empty());
    }

    private static ModelInfo info(String id, char weights) {
        String sum = String.valueOf(weights).repeat(64);
        return new ModelInfo(id, ModelKind.ENCODER, "onnx", "1.0.0", sum, sum);
    }
}
