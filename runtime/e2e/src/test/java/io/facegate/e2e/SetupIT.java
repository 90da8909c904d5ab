// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.testing.Distribution;
import io.facegate.testing.Program;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What only other systems can show, as it was seen there the last time. */
class SetupIT {
    @Test
    void everyPackageNamedToUsersIsInBothDebians() throws Exception {
        succeeds("packages.sh", "check");
    }

    @ParameterizedTest
    @ValueSource(strings = {"systems", "arm64"})
    void longTestSucceededWithTheFilesAsTheyAre(String test) throws Exception {
        assumeTrue(
                Files.exists(Distribution.repository().resolve("cnf/setup/stamps/" + test)),
                "skipped: ./facegate test " + test + " has not left its stamp yet");
        succeeds("stamps.sh", "check", test);
    }

    private static void succeeds(String script, String... words) throws Exception {
        Path path = Distribution.repository().resolve("cnf/setup").resolve(script);
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(words));
        Program check = Program.start(Map.of(), command);
        assertThat(check.awaitExit(Duration.ofMinutes(1))).as(check.transcript()).isZero();
    }
}
