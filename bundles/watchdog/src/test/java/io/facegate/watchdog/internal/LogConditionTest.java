// SPDX-License-Identifier: Apache-2.0
package io.facegate.watchdog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition;

import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

class LogConditionTest {
    @Test
    void aLogThatNobodyWritesIsAFailure() {
        assertThat(LogCondition.of(new NOPLoggerFactory()))
                .hasValueSatisfying(
                        condition -> {
                            assertThat(condition.level()).isEqualTo(Condition.Level.FAILED);
                            assertThat(condition.message()).contains("Restart the gateway");
                        });
    }

    @Test
    void aLogThatIsWrittenIsNotMentioned() {
        assertThat(LogCondition.of(new SubstituteLoggerFactory())).isEmpty();
    }
}
