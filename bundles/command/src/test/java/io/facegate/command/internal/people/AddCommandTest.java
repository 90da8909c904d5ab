// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.command.internal.fake.FakeEnroller;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeReader;
import io.facegate.command.internal.fake.FakeStages;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class AddCommandTest {
    @TempDir Path folder;

    private final FakeStore store = new FakeStore();
    private final Terminal terminal =
            new Terminal(
                    new FakeParts(
                            store,
                            new FakeEnroller(store),
                            new FakeReader(),
                            FakeStages.encoder(),
                            FakeStages.landmarks(),
                            FakeStages.detector("hog")));

    @BeforeEach
    void photos() throws IOException {
        Files.writeString(folder.resolve("good.jpg"), "1 good");
        Files.writeString(folder.resolve("blurred.jpg"), "1 blurred");
        Files.writeString(folder.resolve("group.jpg"), "3 people");
    }

    @Test
    void takesDoubtfulPhotosWithAWarning() {
        assertThat(terminal.run("people", "add", "Alice", folder)).isZero();
        assertThat(store.sources("Alice")).containsExactly("blurred.jpg", "good.jpg", "group.jpg");
        assertThat(terminal.err())
                .contains("blurred.jpg: took 1 face\nblurred.jpg: blurred: hold still\n")
                .contains("group.jpg: took the largest of 3 faces\n")
                .endsWith("Alice (3 encodings).\n");
    }

    @Test
    void strictRefusesDoubtfulPhotosAndTakesTheRest() {
        assertThat(terminal.run("people", "add", "Alice", folder, "--strict")).isEqualTo(1);
        assertThat(store.sources("Alice")).containsExactly("good.jpg");
        assertThat(terminal.err()).contains("refused blurred.jpg: blurred: hold still\n");
    }

    @Test
    void aPhotoWithoutAFaceIsRefusedByItsName() throws IOException {
        Path wall = Files.writeString(folder.resolve("wall.jpg"), "0 faces");
        assertThat(terminal.run("people", "add", "Alice", wall)).isEqualTo(1);
        assertThat(terminal.err())
                .isEqualTo("refused wall.jpg: no face found; use a picture that shows the face\n");
    }
}
