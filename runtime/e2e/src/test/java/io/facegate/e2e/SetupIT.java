// SPDX-License-Identifier: Apache-2.0
package io.facegate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.testing.Distribution;
import io.facegate.testing.Program;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What only other systems can show, as it was seen there the last time. */
class SetupIT {
    @Test
    void everyPackageNamedToUsersIsInBothDebians() throws Exception {
        succeeds("packages.sh", "check");
    }

    private static void succeeds(String script, String word) throws Exception {
        String path = Distribution.repository().resolve("cnf/setup/" + script).toString();
        Program check = Program.start(path, word);
        assertThat(check.awaitExit(Duration.ofMinutes(1))).as(check.transcript()).isZero();
    }
}
