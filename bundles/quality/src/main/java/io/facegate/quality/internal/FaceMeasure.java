// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Box;
import io.facegate.api.quality.FaceQuality;

/** All measurements of one face. */
public final class FaceMeasure {
    private FaceMeasure() {}

    /** Measures a face. */
    public static FaceQuality of(FaceDetection detection, Landmarks landmarks, FaceChip chip) {
        Box box = detection.box();
        int size = Math.min(box.width(), box.height());
        GreyChip grey = GreyChip.of(chip);
        Pose pose = Pose.of(landmarks);
        return new FaceQuality(
                size,
                Sharpness.of(grey, size),
                grey.brightness(),
                pose.yaw(),
                pose.pitch(),
                pose.roll(),
                detection.score());
    }
}
