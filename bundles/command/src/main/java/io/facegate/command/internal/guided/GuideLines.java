// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import io.facegate.command.internal.session.Session;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * What is said to the person before the camera, on the messages' stream: what is seen is written
 * over on a terminal, and otherwise a plain line when it has changed, at most one every 2 s.
 */
final class GuideLines {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int WIDTH = 79;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream err;
    private final boolean terminal;
    private String seen = "";
    private long told;
    private boolean any;

    GuideLines(Session session) {
        err = session.err();
        terminal = session.terminal();
    }

    /** A message of its own line. */
    void say(String message) {
        err.println((terminal ? CLEAR_LINE : "") + message);
        seen = "";
    }

    /**
     * What is seen now, and what is missing.
     *
     * @param now nanoseconds
     */
    void state(String asked, String what, String missing, long now) {
        if (terminal) {
            String line = "  " + asked + ": " + what + "  [missing: " + missing + "]";
            err.print(CLEAR_LINE + line.substring(0, Math.min(WIDTH, line.length())));
            err.flush();
        } else if (!what.equals(seen) && (!any || now - told >= PAUSE_NANOS)) {
            err.println("  " + asked + ": " + what);
            seen = what;
            told = now;
            any = true;
        }
    }

    /** Takes the line away. */
    void end() {
        if (terminal) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
