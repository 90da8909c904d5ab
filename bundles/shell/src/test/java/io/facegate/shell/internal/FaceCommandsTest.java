// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.command.CommandRunner;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class FaceCommandsTest {
    private final List<List<String>> asked = new ArrayList<>();
    private final CommandRunner runner =
            (words, surroundings) -> {
                asked.add(words);
                surroundings.out().println("data");
                surroundings.err().println("message");
                return 1;
            };
    private final FaceCommands face = new FaceCommands(runner);

    @Test
    void areCommandsOfTheCommandLine() {
        face.status();
        face.cameras();
        face.people();
        face.models();
        face.counters();
        face.enrol("Alice", "a.jpg", "b.jpg");
        face.rename("Alice", "-Al");
        face.delete("-Al", "Bob");
        face.recognize("a.jpg");
        face.enable("front", "on");
        face.enable("front", "off");
        face.facegate("people", "list", "--json");
        assertThat(asked)
                .containsExactly(
                        List.of("status"),
                        List.of("camera", "list"),
                        List.of("people", "list"),
                        List.of("model", "list"),
                        List.of("camera", "counters"),
                        List.of("people", "add", "--", "Alice", "a.jpg", "b.jpg"),
                        List.of("people", "rename", "--", "Alice", "-Al"),
                        List.of("people", "delete", "--", "-Al", "Bob"),
                        List.of("recognize", "--image", "a.jpg"),
                        List.of("camera", "enable", "--", "front"),
                        List.of("camera", "disable", "--", "front"),
                        List.of("people", "list", "--json"));
    }

    @Test
    void showDataAndMessages() {
        assertThat(face.people()).isEqualTo("data\nmessage");
    }

    @Test
    void refusalsAreTextNotExceptions() {
        assertThat(face.enable("front", "maybe")).contains("on or off?");
        assertThat(new FaceCommands().people()).contains("io.facegate.command");
        assertThat(asked).isEmpty();
    }
}
