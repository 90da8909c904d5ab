// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.store.StoreEncryption;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Optional;

class KeyCommandTest {
    private final Encryption encryption = new Encryption();
    private final Terminal terminal = new Terminal(new FakeParts(encryption));

    @Test
    void makingSaysWhatToDoWithIt() {
        terminal.folder = Path.of("/some/where");
        assertThat(terminal.run("key", "make", "my.key")).isZero();
        assertThat(encryption.asked).isEqualTo("make /some/where/my.key");
        assertThat(terminal.err())
                .contains("/some/where/my.key (id 12ab)")
                .contains("Keep a copy")
                .contains("key.file=\"/some/where/my.key\" in conf/io.facegate.store.config");
    }

    @Test
    void changingAndRemovingSayWhatTheStoreIsThen() {
        assertThat(terminal.run("key", "change", "/other.key")).isZero();
        assertThat(encryption.asked).isEqualTo("change /other.key");
        assertThat(terminal.err()).contains("(id 34cd)").contains("key.file=\"/other.key\"");
        assertThat(terminal.run("key", "remove", "/other.key")).isZero();
        assertThat(encryption.asked).isEqualTo("remove /other.key");
        assertThat(terminal.err()).endsWith("The store is not encrypted any more.\n");
    }

    @Test
    void showingPrintsTheId() {
        assertThat(terminal.run("key", "show")).isZero();
        assertThat(terminal.out()).isEmpty();
        encryption.id = Optional.of("12ab");
        assertThat(terminal.run("key", "show")).isZero();
        assertThat(terminal.out()).isEqualTo("12ab\n");
    }

    @Test
    void aRefusalIsOneLineAndTheExitCodeSaysIt() {
        encryption.refusal = "no such key";
        assertThat(terminal.run("key", "remove", "/x")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("no such key\n");
        assertThat(terminal.run("key")).isEqualTo(2);
        assertThat(terminal.run("key", "make")).isEqualTo(2);
    }

    private static final class Encryption implements StoreEncryption {
        private String asked = "";
        private String refusal = "";
        private Optional<String> id = Optional.empty();

        @Override
        public Optional<String> keyId() {
            return id;
        }

        @Override
        public String makeKey(Path file) {
            asked = "make " + file;
            return "12ab";
        }

        @Override
        public String changeKey(Path file) {
            asked = "change " + file;
            return "34cd";
        }

        @Override
        public void removeKey(Path file) throws StoreException {
            asked = "remove " + file;
            if (!refusal.isEmpty()) {
                throw new StoreException(refusal);
            }
        }
    }
}
