// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.quality;

/**
 * How good a face is for recognising.
 *
 * @param size the shorter side of its box in source pixels
 * @param sharpness variance of the second derivative (the part of the Laplacian) of the aligned
 *     face in the direction in which that is least, in hundredths of the variance of its grey
 *     levels; low is blurred or moved, 2 to 70 in focus
 * @param brightness mean grey level of the aligned face, 0 to 255
 * @param yaw how far it is turned to its side, about degrees; positive when it looks to the
 *     picture's right; 0 when the landmarks are not dlib's five
 * @param pitch how far it looks up (positive) or down, roughly in degrees
 * @param roll how far it is tilted, degrees clockwise in the picture
 * @param score the detector's confidence
 */
public record FaceQuality(
        int size,
        double sharpness,
        double brightness,
        double yaw,
        double pitch,
        double roll,
        double score) {}
