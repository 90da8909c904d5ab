// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

class UnsentFileTest {
    @TempDir Path folder;

    @Test
    void whatIsAboutAPersonIsTakenOut() throws Exception {
        Path file = folder.resolve(UnsentFile.NAME);
        UUID person = UUID.randomUUID();
        assertThat(UnsentFile.erase(file, person)).isZero();
        Files.write(file, List.of("{\"person_id\":\"" + person + "\"}", "{\"seq\":2}"));
        assertThat(UnsentFile.erase(file, person)).isEqualTo(1);
        assertThat(Files.readAllLines(file)).containsExactly("{\"seq\":2}");
    }
}
