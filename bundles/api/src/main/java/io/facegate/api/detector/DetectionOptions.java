// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.detector;

/**
 * How to look for faces.
 *
 * @param upsample times the picture is doubled before, 0..2 (face_recognition's default is 1)
 * @param minFace smallest face of interest, in pixels of the source picture; 0 = as small as the
 *     detector can
 * @param thresholdAdjustment added to the detector's threshold; negative finds more
 * @param grey look at the luma of colours (ITU-R 601-2, Pillow's {@code convert("L")}): with HOG
 *     faster, scores that differ by some tenths; a detector that needs colours ignores it
 */
public record DetectionOptions(
        int upsample, int minFace, double thresholdAdjustment, boolean grey) {
    /** Upsample 1, every size, dlib's own threshold: face_recognition's defaults for pictures. */
    public static final DetectionOptions PICTURE = new DetectionOptions(1, 0, 0);

    /** Upsample 0, every size, dlib's own threshold: the default for live streams. */
    public static final DetectionOptions LIVE = new DetectionOptions(0, 0, 0);

    /** In colour. */
    public DetectionOptions(int upsample, int minFace, double thresholdAdjustment) {
        this(upsample, minFace, thresholdAdjustment, false);
    }

    public DetectionOptions {
        if (upsample < 0 || upsample > 2) {
            throw new IllegalArgumentException("upsample is 0, 1 or 2, not " + upsample);
        }
        if (minFace < 0) {
            throw new IllegalArgumentException("minFace is 0 or more pixels, not " + minFace);
        }
    }

    /**
     * The same for a picture that was scaled down.
     *
     * @param width its columns
     * @param sourceWidth columns of the picture it was made of
     */
    public DetectionOptions scaled(int width, int sourceWidth) {
        return width == sourceWidth
                ? this
                : new DetectionOptions(
                        upsample,
                        (int) ((long) minFace * width / sourceWidth),
                        thresholdAdjustment,
                        grey);
    }
}
