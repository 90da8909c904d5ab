// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.people;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.mqtt.commands.internal.part.Parts;

import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;

/** How faces are looked for on command: as the command line does, with the gateway's tolerance. */
final class GatewayOptions {
    private static final String PIPELINE = "(service.pid=io.facegate.pipeline)";

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
        try {
            return new RecognitionOptions(
                    defaults.detectionMethod(),
                    detection,
                    defaults.strategy(),
                    tolerance(around),
                    defaults.k());
        } catch (IllegalArgumentException e) {
            return defaults; // the pipeline, which does not take it either, says so
        }
    }

    private static double tolerance(Parts around) {
        double otherwise = RecognitionOptions.PICTURE.tolerance();
        try {
            ConfigurationAdmin admin = around.find(ConfigurationAdmin.class).orElse(null);
            Configuration[] found = admin == null ? null : admin.listConfigurations(PIPELINE);
            Object value = found == null ? null : found[0].getProperties().get("tolerance");
            return value == null ? otherwise : Double.parseDouble(value.toString());
        } catch (IOException | InvalidSyntaxException | NumberFormatException e) {
            return otherwise;
        }
    }
}
