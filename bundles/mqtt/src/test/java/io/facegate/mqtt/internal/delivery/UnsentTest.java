// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class UnsentTest {
    @TempDir Path folder;

    @Test
    void whatWasOnItsWayIsThereAfterAKill() throws Exception {
        Path file = folder.resolve(Unsent.NAME);
        Unsent killed = new Unsent(Optional.of(file));
        killed.add(1, "{1}");
        killed.add(2, "{2}");
        killed.add(3, "{3}");
        killed.settled(List.of(2L));
        // the last line of a process may be torn
        Files.writeString(file, "{\"se", StandardOpenOption.APPEND);
        Unsent next = new Unsent(Optional.of(file));
        assertThat(next.left()).as("at least once").containsExactly("{1}", "{2}", "{3}");
        next.add(4, "{4}");
        next.leftIsKept();
        assertThat(next.left()).isEmpty();
        assertThat(Files.readAllLines(file)).containsExactly("{4}");
        next.settled(List.of(4L));
        assertThat(file).isEmptyFile();
        next.close();
        killed.close();
    }

    @Test
    void aTornLineTakesNoOtherAlong() throws Exception {
        Path file = folder.resolve(Unsent.NAME);
        byte[] torn = "{1}\n{\"name\":\"Zo\u00eb".getBytes(StandardCharsets.UTF_8);
        Files.write(file, Arrays.copyOf(torn, torn.length - 1));
        Unsent killed = new Unsent(Optional.of(file));
        killed.add(2, "{2}");
        Unsent next = new Unsent(Optional.of(file));
        assertThat(next.left()).containsExactly("{1}", "{2}");
        next.close();
        killed.close();
    }

    @Test
    void whatIsSettledLeavesAnEmptyFileAndErasuresLeaveNothing() throws Exception {
        Path file = folder.resolve(Unsent.NAME);
        Unsent unsent = new Unsent(Optional.of(file));
        UUID person = UUID.randomUUID();
        unsent.add(1, "{" + person + "}");
        unsent.add(2, "{2}");
        assertThat(unsent.erase(person)).isEqualTo(1);
        assertThat(Files.readAllLines(file)).containsExactly("{2}");
        unsent.settled(List.of(1L, 2L));
        assertThat(file).isEmptyFile();
        unsent.close();
    }

    @Test
    void isNothingWithoutAFileAndWhereItCannotBe() {
        for (Unsent none :
                List.of(
                        new Unsent(Optional.empty()),
                        new Unsent(Optional.of(folder.resolve("no/such/folder"))))) {
            none.add(1, "{1}");
            none.settled(List.of(1L));
            assertThat(none.left()).isEmpty();
            none.close();
        }
    }
}
