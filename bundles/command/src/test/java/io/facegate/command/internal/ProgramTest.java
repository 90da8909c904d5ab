// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.fake.Terminal;
import io.facegate.command.internal.session.Deadline;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.StopSignal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

class ProgramTest {
    private final FakeParts parts = new FakeParts();
    private final Terminal terminal = new Terminal(parts);

    @Test
    void unknownCommandIsUsage() {
        assertThat(terminal.run("dance")).isEqualTo(2);
        assertThat(terminal.err()).contains("'dance'").contains("Usage: facegate");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void noCommandIsUsage() {
        assertThat(terminal.run()).isEqualTo(2);
        assertThat(terminal.err()).contains("Which command?").contains("encode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "encode",
                "recognize",
                "compare",
                "people",
                "calibrate",
                "model",
                "status",
                "camera"
            })
    void everyCommandExplainsItselfOnStdout(String command) {
        assertThat(terminal.run(command, "--help")).isZero();
        assertThat(terminal.out()).contains("Usage: facegate " + command).contains("--data DIR");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void versionIsTheDistributions() {
        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.out()).isEqualTo("facegate 1.2.3\n");
    }

    @Test
    void missingPartIsNamedWithItsReason() {
        ConditionSource source =
                () -> List.of(new Condition("store", Condition.Level.FAILED, "disk is full"));
        parts.add(source);
        assertThat(terminal.run("people", "list")).isEqualTo(1);
        assertThat(terminal.err()).contains("\"EncodingStore\"").contains("store: disk is full");
    }

    @Test
    void waitsForAPartThatComesLater() {
        Thread later =
                new Thread(
                        () -> {
                            Deadline.in(Duration.ofMillis(100)).await(java.util.Optional::empty);
                            parts.add(new FakeStore());
                        });
        later.start();
        Session hasty = terminal.session();
        Session patient =
                new Session(parts, hasty.surroundings(), Duration.ofSeconds(20), new StopSignal());
        assertThat(new Program(patient, "1").run(List.of("people", "list"))).isZero();
    }

    @Test
    void wordsMayBeEmptyAndHoldSpaces() {
        assertThat(CommandMode.words("people\u001frename\u001fA b\u001f\u001f"))
                .containsExactly("people", "rename", "A b", "");
        assertThat(CommandMode.words(null)).isEmpty();
        assertThat(CommandMode.words("")).isEmpty();
    }
}
