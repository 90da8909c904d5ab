// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.frame;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * When something was seen, twice: as the clock showed it, for people, and on a scale that nobody
 * sets, for durations. The clock of a gateway may begin in 1970 and be put right, or wrong, by
 * years at any moment.
 *
 * @param clock what the clock showed, UTC
 * @param nanos {@link System#nanoTime()} at that moment; comparable within one process only
 */
public record CaptureTime(Instant clock, long nanos) {
    /** Clocks that are only adjusted, as NTP does all the time, never drift apart by this. */
    private static final Duration STEP = Duration.ofSeconds(1);

    public CaptureTime {
        Objects.requireNonNull(clock, "clock");
    }

    /** This moment. */
    public static CaptureTime now() {
        return new CaptureTime(Instant.now(), System.nanoTime());
    }

    /** Time that passed until a later moment, whatever happened to the clock; below 0 before it. */
    public Duration until(CaptureTime later) {
        return Duration.ofNanos(later.nanos - nanos);
    }

    /** Some time later, by a clock that nobody sets meanwhile. */
    public CaptureTime plus(Duration duration) {
        return new CaptureTime(clock.plus(duration), nanos + duration.toNanos());
    }

    /** Whether the clock was set, by a second or more, between this moment and another. */
    public boolean steppedUntil(CaptureTime other) {
        Duration shown = Duration.between(clock, other.clock);
        return shown.minus(until(other)).abs().compareTo(STEP) >= 0;
    }

    /**
     * This moment as the clock of another moment tells it: what the clock showed, unless it was set
     * between the two.
     */
    public Instant by(CaptureTime other) {
        return steppedUntil(other) ? other.clock.minus(until(other)) : clock;
    }
}
