// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.recognition.FrameResult;

/** Prints what was recognised, one picture or frame after the other. */
interface Results {
    /** A picture; outcome recognized or no face. */
    void picture(String file, FrameResult result);

    /** A frame of a video or a camera, whose number is the frame's sequence. */
    void frame(String file, long timeMillis, FrameResult result);
}
