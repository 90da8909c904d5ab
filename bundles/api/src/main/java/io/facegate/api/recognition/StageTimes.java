// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

/**
 * What the stages took for one frame, in milliseconds.
 *
 * @param capture from the frame's capture to the start of its processing (its wait in the mailbox)
 * @param detect finding faces
 * @param track following known faces with a tracker, and deciding where to look for faces
 * @param encode landmarks, alignment and descriptors of all faces
 * @param match comparing with the gallery, and deciding who each track is
 * @param total capture to result
 */
public record StageTimes(
        double capture, double detect, double track, double encode, double match, double total) {
    /** No time at all. */
    public static final StageTimes ZERO = new StageTimes(0, 0, 0, 0, 0, 0);
}
