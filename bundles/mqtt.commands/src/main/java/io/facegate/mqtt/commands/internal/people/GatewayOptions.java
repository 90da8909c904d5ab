// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.people;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Tolerances;
import io.facegate.mqtt.commands.internal.part.Parts;

/** How faces are looked for on command: as the command line does, with the gateway's tolerance. */
final class GatewayOptions {
    private GatewayOptions() {}

    /** For a picture. */
    static RecognitionOptions picture(Parts around) {
        return options(around, DetectionOptions.PICTURE);
    }

    /** For a frame of a camera. */
    static RecognitionOptions live(Parts around) {
        return options(around, DetectionOptions.LIVE);
    }

    private static RecognitionOptions options(Parts around, DetectionOptions detection) {
        RecognitionOptions defaults = RecognitionOptions.PICTURE;
        return new RecognitionOptions(
                defaults.detectionMethod(),
                detection,
                defaults.strategy(),
                around.find(Tolerances.class).orElse(Tolerances.OWN),
                defaults.k());
    }
}
