// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.frame.Frame;

import java.util.List;
import java.util.Objects;

/**
 * A frame and what was found in it.
 *
 * @param frame the frame itself
 * @param outcome what became of it
 * @param faces faces from left to right; empty unless {@link Outcome#RECOGNIZED}
 * @param times what the stages took
 * @param message why it was skipped or failed; empty otherwise
 */
public record FrameResult(
        Frame frame,
        Outcome outcome,
        List<RecognizedFace> faces,
        StageTimes times,
        String message) {
    public FrameResult {
        Objects.requireNonNull(frame, "frame");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(message, "message");
        faces = List.copyOf(faces);
    }
}
