// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing that was looked at.
 *
 * @param subject what it is, such as {@code disk}
 * @param level how well it is
 * @param seen what was found
 * @param advice what to do; empty when there is nothing to do
 */
public record Finding(String subject, Level level, String seen, String advice) {
    /** How well it is. */
    public enum Level {
        OK,
        /** Works, with less than it should. */
        WARNING,
        /** Does not work until somebody acts. */
        FAULT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Finding {
        Objects.requireNonNull(level, "level");
        seen = oneLine(seen);
        advice = oneLine(advice);
    }

    static Finding ok(String subject, String seen) {
        return new Finding(subject, Level.OK, seen, "");
    }

    static Finding warning(String subject, String seen, String advice) {
        return new Finding(subject, Level.WARNING, seen, advice);
    }

    static Finding fault(String subject, String seen, String advice) {
        return new Finding(subject, Level.FAULT, seen, advice);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
