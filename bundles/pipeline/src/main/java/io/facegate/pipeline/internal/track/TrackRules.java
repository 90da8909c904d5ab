// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

/**
 * When a track is decided and when it is gone; docs/decisions/0004-tracks.md has the measurements.
 *
 * @param decideFrames of the last {@link #WINDOW} encoded frames that must agree on a name
 * @param minMargin smallest margin to the second-best person with which a frame speaks for a name
 * @param unknownFrames encoded frames without a name after which a face is unknown
 * @param unknownMillis time without a name after which a face is unknown, with fewer frames too
 * @param lostMillis time without the face after which a track is over, by capture times
 * @param qualityGates whether only faces that pass the gates of quality have a say
 */
public record TrackRules(
        int decideFrames,
        double minMargin,
        int unknownFrames,
        long unknownMillis,
        long lostMillis,
        boolean qualityGates) {
    /** Encoded frames of a track that have a say in who it is. */
    public static final int WINDOW = 5;

    /** The rules unless configured otherwise. */
    public static final TrackRules DEFAULT = new TrackRules(3, 0.05, 8, 700, 1000, false);
}
