// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

/**
 * When a live stream is searched for faces, and when a followed face is looked at again;
 * docs/decisions/0010-live-streams.md has the measurements.
 *
 * @param tracking whether faces are followed between detections at all
 * @param detectIntervalMillis longest time between two searches of a whole frame
 * @param motionIntervalMillis when something moved, a whole frame is searched this often, or every
 *     third frame; where a search takes longer than half of this, half of the time
 * @param verifyIntervalMillis time after which a face that has its name is encoded again
 */
public record LiveRules(
        boolean tracking,
        long detectIntervalMillis,
        long motionIntervalMillis,
        long verifyIntervalMillis) {
    /** The rules unless configured otherwise. */
    public static final LiveRules DEFAULT = new LiveRules(true, 500, 100, 1000);
}
