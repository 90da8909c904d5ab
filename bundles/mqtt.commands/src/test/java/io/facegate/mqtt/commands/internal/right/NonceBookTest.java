// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.right;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** No signed command is carried out twice. */
class NonceBookTest {
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("mqtt.nonces");
    }

    @Test
    void whatWasUsedIsKnownAfterARestart() throws Exception {
        new NonceBook(file).use(1000, "a", 900);
        NonceBook again = new NonceBook(file);
        again.use(1000, "b", 900);
        assertReplayed(again, 1000, "a", 900);
        assertReplayed(new NonceBook(file), 1000, "b", 900);
    }

    @Test
    void whatIsForgottenIsRefusedWhateverTheClockSays() throws Exception {
        NonceBook book = new NonceBook(file, 3);
        for (int i = 0; i < 5; i++) {
            book.use(1000 + i, "n" + i, 0);
        }
        assertThat(Files.readString(file)).startsWith("up-to 1001\n").doesNotContain("n0", "n1");
        for (int i = 0; i < 5; i++) {
            assertReplayed(new NonceBook(file, 3), 1000 + i, "n" + i, 0);
        }
    }

    @Test
    void staleOnesAreForgottenNowAndThen() throws Exception {
        NonceBook book = new NonceBook(file);
        for (int i = 0; i < 99; i++) {
            book.use(i, "n" + i, i - 60);
        }
        assertThat(Files.readAllLines(file)).hasSize(99);
        book.use(99, "last", 39);
        assertThat(Files.readAllLines(file)).hasSize(62).startsWith("up-to 38", "39 n39");
        assertReplayed(book, 20, "new", 0);
    }

    @Test
    void halfALineWasNotCarriedOut() throws Exception {
        new NonceBook(file).use(1000, "a", 900);
        Files.writeString(file, "1001 b", StandardOpenOption.APPEND);
        NonceBook again = new NonceBook(file);
        again.use(1001, "b", 900);
        assertReplayed(again, 1000, "a", 900);
        assertThat(file).hasContent("1000 a\n1001 b\n");
    }

    @Test
    void nothingIsCarriedOutWhenNobodyKnows() throws IOException {
        Files.writeString(file, "nonsense\n");
        assertThatThrownBy(() -> new NonceBook(file).use(1000, "a", 900))
                .hasMessageContaining("mqtt.nonces")
                .hasMessageContaining("damaged");
        Path nowhere = folder.resolve("no/folder");
        assertThatThrownBy(() -> new NonceBook(nowhere).use(1000, "a", 900))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    private static void assertReplayed(NonceBook book, long time, String nonce, long stale) {
        assertThatThrownBy(() -> book.use(time, nonce, stale))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.REPLAYED));
    }
}
