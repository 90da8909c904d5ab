// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a long command is, on the messages' stream: a bar that is written over on a terminal, a
 * plain line every 5 to 60 seconds otherwise. Messages in between come through {@link #say}.
 */
public final class Progress {
    private static final long BAR_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 5_000_000_000L;
    private static final long LATE_LINE_NANOS = 60_000_000_000L;
    private static final int BAR_WIDTH = 24;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream err;
    private final boolean terminal;
    private final String unit;
    private final long total;
    private final LongSupplier nanoTime;
    private final long start;
    private long shown;
    private long done;

    /**
     * Starts the clock.
     *
     * @param unit what is counted, such as {@code pictures}
     * @param total how many there are; 0 when unknown
     */
    public Progress(Session session, String unit, long total) {
        this(session.err(), session.terminal(), unit, total, System::nanoTime);
    }

    public Progress(
            PrintStream err, boolean terminal, String unit, long total, LongSupplier nanoTime) {
        this.err = err;
        this.terminal = terminal;
        this.unit = unit;
        this.total = total;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.shown = start;
    }

    /** One more is done. */
    public void step() {
        done++;
        long now = nanoTime.getAsLong();
        if (now - shown >= (terminal ? BAR_NANOS : pause(now - start))) {
            shown = now;
            if (terminal) {
                err.print("\r" + bar() + state() + "\u001b[K");
                err.flush();
            } else {
                err.println(state());
            }
        }
    }

    /** Lines come at every tenth of the time passed, so that a long command does not fill a log. */
    private static long pause(long passed) {
        return Math.max(LINE_NANOS, Math.min(LATE_LINE_NANOS, passed / 10));
    }

    /** A message of its own line. */
    public void say(String message) {
        err.println((terminal ? CLEAR_LINE : "") + message);
    }

    /** Takes the bar away. */
    public void end() {
        if (terminal) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }

    public double perSecond() {
        double seconds = (nanoTime.getAsLong() - start) / 1e9;
        return seconds > 0 ? done / seconds : 0;
    }

    private String bar() {
        if (total <= 0) {
            return "";
        }
        int filled = (int) (BAR_WIDTH * Math.min(done, total) / total);
        return "[" + "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] ";
    }

    private String state() {
        double rate = perSecond();
        String state =
                total > 0
                        ? String.format(Locale.ROOT, "%d of %d %s", done, total, unit)
                        : String.format(Locale.ROOT, "%d %s", done, unit);
        state += String.format(Locale.ROOT, ", %.1f/s", rate);
        if (total > done && rate > 0) {
            long seconds = (long) Math.ceil((total - done) / rate);
            state += String.format(Locale.ROOT, ", %d:%02d left", seconds / 60, seconds % 60);
        }
        return state;
    }
}
