// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.home;

import io.facegate.api.recognition.Tolerances;

import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.util.Dictionary;
import java.util.List;

/** Sets the pipeline's configuration, in its file too, as the web console does. */
final class PipelineSettings {
    private static final String PID = "io.facegate.pipeline";
    private static final List<String> METHODS = List.of("hog", "cnn", "yunet");

    private final ConfigurationAdmin admin;

    PipelineSettings(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    void tolerance(String text) throws NotDoneException {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (value != 0 && !Tolerances.isValid(value)) {
            throw new NotDoneException(
                    "bad_request",
                    "the tolerance is a number, such as 0.6, in the unit of the encoder in use, at"
                            + " most 100; 0 is the encoder's own");
        }
        set("tolerance", value);
    }

    void method(String text) throws NotDoneException {
        if (!METHODS.contains(text)) {
            throw new NotDoneException(
                    "bad_request", "the detection method is one of " + String.join(", ", METHODS));
        }
        set("detectionMethod", text);
    }

    private void set(String key, Object value) throws NotDoneException {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + PID + ")");
            if (found == null) {
                throw new NotDoneException(
                        "failed",
                        "there is no file conf/"
                                + PID
                                + ".config in the data folder, where it could be kept: make one");
            }
            Dictionary<String, Object> properties = found[0].getProperties();
            properties.put(key, value);
            found[0].updateIfDifferent(properties);
        } catch (IOException e) {
            throw new NotDoneException("failed", "it cannot be kept: " + e.getMessage());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
