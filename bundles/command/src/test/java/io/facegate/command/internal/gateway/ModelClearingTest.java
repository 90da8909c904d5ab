// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.store.ClearedEncodings;
import io.facegate.api.store.KeptEncodings;
import io.facegate.api.store.KeptFace;
import io.facegate.api.store.LaterEncoding;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.Reencoding;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code model clear}, and what {@code model status} tells of what is kept. */
class ModelClearingTest {
    private static final ModelKey NEW = new ModelKey("new", "b".repeat(64));
    private static final ModelKey BEFORE = new ModelKey("before", "a".repeat(64));
    private static final ModelKey OLD = new ModelKey("old", "c".repeat(64));

    private final List<String> calls = new ArrayList<>();
    private List<KeptEncodings> kept =
            List.of(
                    new KeptEncodings(OLD, 16, 16 * 512, 0),
                    new KeptEncodings(BEFORE, 16, 16 * 512, 0),
                    new KeptEncodings(NEW, 40_000, 40_000 * 512, 0));
    private ClearedEncodings cleared = new ClearedEncodings(16, 0, "");
    private final Terminal terminal = new Terminal(new FakeParts(new Updates(), new Kept()));

    private final class Updates implements ModelUpdates {
        @Override
        public UpdateStatus status() {
            return new UpdateStatus(
                    Optional.of(NEW), Optional.empty(), Optional.of(BEFORE), Optional.empty());
        }

        @Override
        public void activate(ModelKey model) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ModelKey> rollBack() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ClearedEncodings clear(ModelKey model, boolean force) {
            calls.add(model.id() + " " + model.weights().charAt(0) + " " + force);
            if (model.equals(NEW)) {
                throw new IllegalArgumentException("new is in use: use another encoder first");
            }
            return cleared;
        }
    }

    private final class Kept implements Reencoding {
        @Override
        public ModelCoverage coverage(ModelKey model) {
            return new ModelCoverage(4, 4, 16, 16, 0, 0, List.of());
        }

        @Override
        public List<KeptFace> unencoded(
                ModelKey model, KeptFace.Owner owner, long after, int most) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int add(List<LaterEncoding> encodings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<KeptEncodings> kept() {
            return kept;
        }

        @Override
        public ClearedEncodings clear(ModelKey model) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void statusTellsWhatIsKeptAndWhatMayGo() {
        assertThat(terminal.run("model", "status")).isZero();
        assertThat(terminal.out())
                .contains(
                        "Kept: 16 encodings of old, 8 kB; facegate model clear old removes them",
                        "Kept: 16 encodings of before, 8 kB\n",
                        "Kept: 40000 encodings of new, 19.5 MB\n");
        assertThat(terminal.run("model", "status", "--json")).isZero();
        assertThat(terminal.out()).contains("\"kept\":[{\"id\":\"old\"", "\"bytes\":8192");
    }

    @Test
    void encodingsAreRemoved() {
        assertThat(terminal.run("model", "clear", "old")).isZero();
        assertThat(terminal.out()).contains("16 encodings of old are removed");
        assertThat(terminal.run("model", "clear", "before", "--force")).isZero();
        assertThat(calls).containsExactly("old c false", "before a true");
    }

    @Test
    void whatMayNotBeIsRefused() {
        assertThat(terminal.run("model", "clear", "new")).isEqualTo(1);
        assertThat(terminal.err()).contains("new is in use");
        assertThat(terminal.run("model", "clear", "nobody")).isEqualTo(1);
        assertThat(terminal.err()).contains("There are no encodings of nobody");
    }

    @Test
    void ofSeveralWeightsOneIsToBeSaid() {
        ModelKey other = new ModelKey("old", "d".repeat(64));
        kept = List.of(new KeptEncodings(OLD, 1, 512, 0), new KeptEncodings(other, 1, 512, 0));
        assertThat(terminal.run("model", "clear", "old")).isEqualTo(1);
        assertThat(terminal.err()).contains("old:cccccccc, old:dddddddd");
        assertThat(terminal.run("model", "clear", "old:dd")).isZero();
        assertThat(calls).containsExactly("old d false");
    }

    @Test
    void whatStaysIsTold() {
        cleared = new ClearedEncodings(3, 2, "another process is using the file");
        assertThat(terminal.run("model", "clear", "old")).isEqualTo(1);
        assertThat(terminal.err())
                .contains("2 stay: each is the only one of its face", "can still be read");
    }
}
