// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

class PasswordCheckTest {
    @TempDir Path folder;
    PasswordCheck check;

    @BeforeEach
    void setUp() {
        check = new PasswordCheck("admin", "päss wörd:1", new PasswordFiles(folder));
    }

    @Test
    void rightPasswordIsLetIn() {
        assertThat(check.check(basic("admin", "päss wörd:1"), "a")).isEqualTo(Answer.GRANT);
        assertThat(check.check(basic("admin", "päss wörd:1"), "a")).isEqualTo(Answer.GRANT);
    }

    @Test
    void everythingElseIsAskedAgain() {
        assertThat(check.check(null, "a")).isEqualTo(Answer.ASK);
        assertThat(check.check(basic("admin", "admin"), "a")).isEqualTo(Answer.ASK);
        assertThat(check.check(basic("root", "päss wörd:1"), "b")).isEqualTo(Answer.ASK);
        assertThat(check.check("Basic !!!", "c")).isEqualTo(Answer.ASK);
        assertThat(check.check("Bearer abc", "d")).isEqualTo(Answer.ASK);
        assertThat(check.check("Basic " + base64("nocolon"), "e")).isEqualTo(Answer.ASK);
        assertThat(check.check("", "f")).isEqualTo(Answer.ASK);
    }

    @Test
    void fiveWrongPasswordsLockOneAddressOut() {
        assertThat(check.check(basic("admin", "päss wörd:1"), "a")).isEqualTo(Answer.GRANT);
        for (int i = 0; i < 5; i++) {
            assertThat(check.check(basic("admin", "guess" + i), "a")).isEqualTo(Answer.ASK);
        }
        Answer locked = check.check(basic("admin", "päss wörd:1"), "a");
        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.retrySeconds()).isBetween(1L, 61L);
        assertThat(check.check(basic("admin", "päss wörd:1"), "b")).isEqualTo(Answer.GRANT);
    }

    @Test
    void askingWithoutPasswordIsNoFailure() {
        for (int i = 0; i < 20; i++) {
            assertThat(check.check(null, "a")).isEqualTo(Answer.ASK);
        }
        assertThat(check.check(basic("admin", "päss wörd:1"), "a")).isEqualTo(Answer.GRANT);
    }

    @Test
    void knownHeaderCostsNoHashing() {
        String header = basic("admin", "päss wörd:1");
        check.check(header, "a");
        long start = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            check.check(header, "a");
        }
        // A thousand PBKDF2 take a minute and more.
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    @Test
    void nobodyEntersWithoutPasswordThatCanBeKept() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        PasswordCheck broken = new PasswordCheck("admin", "", new PasswordFiles(file));
        Answer answer = broken.check(basic("admin", ""), "a");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(broken.problem()).contains("cannot write");
    }

    @Test
    void weakConfigurationIsRefused() {
        PasswordCheck weak = new PasswordCheck("admin", "admin", new PasswordFiles(folder));
        assertThat(weak.check(basic("admin", "admin"), "a").status()).isEqualTo(503);
        assertThat(weak.problem()).contains("shorter than 8 characters");
        PasswordCheck colon = new PasswordCheck("a:b", "long enough", new PasswordFiles(folder));
        colon.prepare();
        assertThat(colon.problem()).contains("colon");
    }

    private static String basic(String user, String password) {
        return "Basic " + base64(user + ":" + password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
