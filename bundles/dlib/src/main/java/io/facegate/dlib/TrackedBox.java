// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

/**
 * Where a tracked object is now, in source pixels, right and bottom inclusive; may leave the
 * picture.
 *
 * @param peakToSideLobe how sure the tracker is: about 7 and above is a good match, below it the
 *     object is changing or lost
 */
public record TrackedBox(
        double left, double top, double right, double bottom, double peakToSideLobe) {}
