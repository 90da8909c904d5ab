// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.frame.CaptureTime;

import java.util.Optional;

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
    private Optional<CaptureTime> lookedAt = Optional.empty();

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
    void looked(boolean agrees, CaptureTime when) {
        lookedAt = Optional.of(when);
        poor = false;
        if (!agrees) {
            doubt();
        }
        agreeing = agrees ? agreeing + 1 : 0;
        looks++;
        settled |= agreeing >= AGREEING || looks >= EXHAUSTED;
    }

    /** A frame was encoded, but the face was not good enough to count. */
    void lookedInVain(CaptureTime when) {
        lookedAt = Optional.of(when);
        poor = true;
        looks++;
        settled |= looks >= EXHAUSTED;
    }

    /** Whether the last frame that was encoded did not count. */
    boolean poor() {
        return poor;
    }

    /** Milliseconds since a frame was encoded; very long when none was. */
    long age(CaptureTime now) {
        return lookedAt.map(at -> at.until(now).toMillis()).orElse(Long.MAX_VALUE);
    }
}
