// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.frame.Frame;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Recognises the faces of single frames with the stages and the gallery of the moment: pictures,
 * videos frame by frame, enrolment. Keeps no state between calls. Thread-safe; blocks.
 */
@ProviderType
public interface Recognizer {
    /**
     * Detects, encodes and matches.
     *
     * @return outcome {@link Outcome#SKIPPED} with a message that names the missing part when a
     *     stage does not come within a bounded time; {@link Outcome#FAILED} when a stage failed
     */
    FrameResult recognize(Frame frame, RecognitionOptions options);
}
