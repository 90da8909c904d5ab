// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

/**
 * How {@link HogFaceDetector} looks for faces.
 *
 * @param upsample times the picture is doubled before, 0 to 2
 * @param adjustThreshold added to dlib's threshold; negative finds more
 * @param minFace width of the smallest box wanted, in pixels of the source picture: smaller levels
 *     of the pyramid are not computed. 0 = as small as the detector can (73 pixels at upsample 0,
 *     half of that with every doubling). A face a little smaller may still be found, with a lower
 *     score in a larger box
 * @param grey look at the luma of colours (ITU-R 601-2, as Pillow's {@code convert("L")}): faster,
 *     with scores that differ by some tenths, mostly lower
 */
public record HogOptions(int upsample, double adjustThreshold, int minFace, boolean grey) {
    /** No upsampling, dlib's threshold, every size, in colour. */
    public static final HogOptions DEFAULT = new HogOptions(0, 0, 0, false);

    public HogOptions {
        Detections.checkOptions(upsample, adjustThreshold);
        if (minFace < 0) {
            throw new IllegalArgumentException("minFace is 0 or more pixels, not " + minFace);
        }
    }

    public HogOptions withUpsample(int value) {
        return new HogOptions(value, adjustThreshold, minFace, grey);
    }

    public HogOptions withAdjustThreshold(double value) {
        return new HogOptions(upsample, value, minFace, grey);
    }

    public HogOptions withMinFace(int value) {
        return new HogOptions(upsample, adjustThreshold, value, grey);
    }

    public HogOptions withGrey(boolean value) {
        return new HogOptions(upsample, adjustThreshold, minFace, value);
    }
}
