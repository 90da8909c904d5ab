// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether the identity of a track is settled: its last encoded frames agreed with what was decided,
 * and nothing happened since that makes it doubtful. Not thread-safe.
 */
final class Certainty {
    /** Frames in a row that settle it. */
    private static final int AGREEING = 3;

    /** Frames that neither agree nor decide anything else: looking on would tell no more. */
    private static final int EXHAUSTED = 8;

    private boolean settled;
    private int agreeing;
    private int looks;
    private boolean poor;
    private Instant lookedAt = Instant.EPOCH;

    boolean settled() {
        return settled;
    }

    /** It has to be settled anew. */
    void doubt() {
        if (settled) {
            settled = false;
            agreeing = 0;
            looks = 0;
        }
    }

    /**
     * A frame was encoded.
     *
     * @param agrees with what is decided
     */
    void looked(boolean agrees, Instant when) {
        lookedAt = when;
        poor = false;
        if (!agrees) {
            doubt();
        }
        agreeing = agrees ? agreeing + 1 : 0;
        looks++;
        settled |= agreeing >= AGREEING || looks >= EXHAUSTED;
    }

    /** A frame was encoded, but the face was not good enough to count. */
    void lookedInVain(Instant when) {
        lookedAt = when;
        poor = true;
        looks++;
        settled |= looks >= EXHAUSTED;
    }

    /** Whether the last frame that was encoded did not count. */
    boolean poor() {
        return poor;
    }

    /** Milliseconds since a frame was encoded; very long when the clock was set back. */
    long age(Instant now) {
        long age = Duration.between(lookedAt, now).toMillis();
        return age < 0 ? Long.MAX_VALUE : age;
    }
}
