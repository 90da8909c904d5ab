// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSource;

/** A source that says whether its end is an end or a loss. */
interface LiveSource extends FrameSource {
    /** Whether frames come when they happen; a live source has no end of its own. */
    boolean live();

    /** What it says of itself; sizes may be known only after the first frame. */
    StreamFormat format();

    /** Whether it is opened again at its end, like a recording that a server plays. */
    default boolean startsOver() {
        return false;
    }

    /** Whether frames come in bursts and {@link #positionMillis()} says when to show them. */
    default boolean bursts() {
        return !live();
    }
}
