// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service: told of every frame and every event of every pipeline.
 *
 * <p>Called on the pipeline's worker, so both methods return at once: a listener that has work to
 * do keeps a queue and a thread of its own. Exceptions are logged by the pipeline and do not stop
 * it. For one camera the calls come in order, from one thread.
 */
@ConsumerType
public interface RecognitionListener {
    /** A frame was processed; comes before the events of the frame. */
    default void onResult(FrameResult result) {}

    /** A track has news. */
    default void onEvent(RecognitionEvent event) {}
}
