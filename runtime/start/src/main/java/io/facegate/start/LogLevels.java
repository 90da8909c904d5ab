// SPDX-License-Identifier: Apache-2.0
package io.facegate.start;

import org.slf4j.event.Level;

import java.util.Locale;

/** The levels of conf/logback.xml, for the loggers that a command can have. */
final class LogLevels {
    private LogLevels() {}

    /** The least level that is written. */
    static Level of(String logger) {
        if (logger.startsWith("org.bytedeco")) {
            return Level.ERROR;
        }
        if (logger.startsWith("org.apache.")) {
            return Level.WARN;
        }
        return logger.startsWith("io.facegate")
                ? parse(System.getProperty("facegate.log.level", ""))
                : Level.INFO;
    }

    private static Level parse(String name) {
        try {
            return Level.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Level.INFO;
        }
    }
}
