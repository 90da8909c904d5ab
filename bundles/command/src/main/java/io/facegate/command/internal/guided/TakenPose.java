// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import io.facegate.api.quality.FaceQuality;
import io.facegate.api.recognition.EnrolmentWarning;

import java.util.List;

/**
 * A pose that is in the gallery.
 *
 * @param source kept with its encoding
 * @param quality of its face
 * @param warnings why it is doubtful
 */
record TakenPose(Pose pose, String source, FaceQuality quality, List<EnrolmentWarning> warnings) {
    TakenPose {
        warnings = List.copyOf(warnings);
    }
}
