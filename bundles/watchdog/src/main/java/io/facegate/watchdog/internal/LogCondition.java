// SPDX-License-Identifier: Apache-2.0
package io.facegate.watchdog.internal;

import io.facegate.api.status.Condition;

import org.slf4j.ILoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

import java.util.Optional;

/** Whether anything is written to the log. SLF4J looks for who writes it once, and never again. */
final class LogCondition {
    private LogCondition() {}

    /** What is wrong with the log; empty while somebody writes it. */
    static Optional<Condition> of(ILoggerFactory loggers) {
        return loggers instanceof NOPLoggerFactory
                ? Optional.of(
                        new Condition(
                                "log",
                                Condition.Level.FAILED,
                                "nothing is logged: Logback was not there when the first line was"
                                        + " to be written. Restart the gateway"))
                : Optional.empty();
    }
}
