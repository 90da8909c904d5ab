// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.detector.DetectionOptions;

import java.util.Objects;

/**
 * How to recognise the faces of one picture.
 *
 * @param detectionMethod {@code hog}, {@code cnn} or {@code yunet}
 * @param detection how to look for faces
 * @param strategy how a name is made
 * @param tolerance largest distance at which faces are of one person, above 0; 0.6 in the original
 * @param k neighbours asked by {@link Strategy#KNN}, at least 1
 */
public record RecognitionOptions(
        String detectionMethod,
        DetectionOptions detection,
        Strategy strategy,
        double tolerance,
        int k) {
    /** face_recognition's defaults: HOG, upsample 1, vote at 0.6. */
    public static final RecognitionOptions PICTURE =
            new RecognitionOptions("hog", DetectionOptions.PICTURE, Strategy.VOTE, 0.6, 1);

    public RecognitionOptions {
        Objects.requireNonNull(detectionMethod, "detectionMethod");
        Objects.requireNonNull(detection, "detection");
        Objects.requireNonNull(strategy, "strategy");
        if (!(tolerance > 0) || tolerance > 2) {
            throw new IllegalArgumentException("tolerance is above 0, at most 2, not " + tolerance);
        }
        if (k < 1) {
            throw new IllegalArgumentException("k is at least 1, not " + k);
        }
    }
}
