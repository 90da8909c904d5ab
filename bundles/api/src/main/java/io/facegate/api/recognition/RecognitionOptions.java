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
 * @param tolerances largest distances at which faces are of one person
 * @param k neighbours asked by {@link Strategy#KNN}, at least 1
 */
public record RecognitionOptions(
        String detectionMethod,
        DetectionOptions detection,
        Strategy strategy,
        Tolerances tolerances,
        int k) {
    /** face_recognition's defaults: HOG, upsample 1, vote at the encoder's own tolerance. */
    public static final RecognitionOptions PICTURE =
            new RecognitionOptions(
                    "hog", DetectionOptions.PICTURE, Strategy.VOTE, Tolerances.OWN, 1);

    public RecognitionOptions {
        Objects.requireNonNull(detectionMethod, "detectionMethod");
        Objects.requireNonNull(detection, "detection");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(tolerances, "tolerances");
        if (k < 1) {
            throw new IllegalArgumentException("k is at least 1, not " + k);
        }
    }
}
