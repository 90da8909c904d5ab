// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

/** What became of a frame that was taken from the mailbox. */
public enum Outcome {
    /** At least one face. */
    RECOGNIZED,
    /** No face in it. */
    NO_FACE,
    /** A stage was missing, or recognition is switched off. */
    SKIPPED,
    /** A stage failed. */
    FAILED
}
