// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class PasswordFilesTest {
    @TempDir Path folder;
    PasswordFiles files;

    @BeforeEach
    void setUp() {
        files = new PasswordFiles(folder.resolve("data"));
    }

    @Test
    void madePasswordIsTheOneInTheFile() throws IOException {
        PasswordHash made = files.load("admin");
        assertThat(made.matches(firstLine())).isTrue();
        assertThat(made.matches("admin")).isFalse();
        assertThat(new PasswordFiles(folder.resolve("other")).load("admin").matches(firstLine()))
                .as("every gateway has its own")
                .isFalse();
    }

    @Test
    void passwordStaysWhenTheFileIsDeleted() throws IOException {
        files.load("admin");
        String password = firstLine();
        Files.delete(files.clearText());
        assertThat(files.load("admin").matches(password)).isTrue();
        assertThat(files.clearText()).doesNotExist();
    }

    @Test
    void editedFileChangesThePassword() throws IOException {
        files.load("admin");
        String old = firstLine();
        Files.writeString(files.clearText(), "correct horse\n# note\n");
        PasswordHash changed = files.load("admin");
        assertThat(changed.matches("correct horse")).isTrue();
        assertThat(changed.matches(old)).isFalse();
        Files.delete(files.clearText());
        assertThat(files.load("admin").matches("correct horse")).isTrue();
    }

    @Test
    void tooShortPasswordIsRefusedWithTheFileNamed() throws IOException {
        files.load("admin");
        Files.writeString(files.clearText(), "admin\n");
        assertThatThrownBy(() -> files.load("admin"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(files.clearText().toString())
                .hasMessageContaining("at least 8 characters");
    }

    @Test
    void damagedHashIsNamed() throws IOException {
        files.load("admin");
        Files.delete(files.clearText());
        for (String damage : List.of("", "pbkdf2-sha256:x:y", "pbkdf2-sha256:1:AAAA:AAAA", "::")) {
            Files.writeString(folder.resolve("data/console.auth"), damage);
            assertThatThrownBy(() -> files.load("admin"))
                    .hasMessageContaining("console.auth is damaged: delete it");
        }
    }

    @Test
    void folderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new PasswordFiles(file).load("admin"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write")
                .hasMessageContaining("must be writable");
    }

    @Test
    void folderOfAnotherUserIsNamed() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        Path data = Files.createDirectory(folder.resolve("data"));
        assertThat(data.toFile().setWritable(false)).isTrue();
        assertThatThrownBy(() -> files.load("admin")).hasMessageContaining("AccessDenied");
    }

    private String firstLine() throws IOException {
        return Files.readAllLines(files.clearText()).get(0);
    }
}
