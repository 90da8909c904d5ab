// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.load;

import java.util.Objects;

/**
 * What is done less of at this moment, so that a machine that is hot, short of power, memory or
 * disk space goes on. Of what was acknowledged (people, encodings, events) nothing is ever given
 * up.
 *
 * @param step how far recognition is eased
 * @param sparesDisk whether nothing new is kept that nobody asked to keep, such as faces of unknown
 *     people
 */
public record LoadLimit(Step step, boolean sparesDisk) {
    /** Nothing is limited. */
    public static final LoadLimit NONE = new LoadLimit(Step.NONE, false);

    /** How far recognition is eased; each step includes those before it. */
    public enum Step {
        /** Everything as configured. */
        NONE,
        /** A camera's pipeline rests as long after a frame as the frame took. */
        RATE,
        /** Faces are looked for in frames at most 640 pixels wide, which are not enlarged. */
        SIZE,
        /** HOG takes the place of CNN, and a pipeline rests three times as long as a frame took. */
        METHOD
    }

    public LoadLimit {
        Objects.requireNonNull(step, "step");
    }

    /** Whether a step is taken. */
    public boolean has(Step other) {
        return step.compareTo(other) >= 0;
    }
}
