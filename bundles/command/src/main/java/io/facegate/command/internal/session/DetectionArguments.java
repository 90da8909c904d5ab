// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Tolerances;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.List;

/** Options about finding faces, the same in every command. */
public final class DetectionArguments {
    private static final List<String> METHODS = List.of("hog", "cnn", "yunet");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-d", "--detection-method"},
            paramLabel = "METHOD",
            defaultValue = "hog",
            description =
                    "hog (fast), cnn (finds more, slow) or yunet (finds more, faster);"
                            + " default ${DEFAULT-VALUE}")
    private String method;

    @Option(
            names = "--upsample",
            paramLabel = "N",
            description =
                    "Times the picture is doubled to find smaller faces, 0..2; default 1, for a"
                            + " camera 0")
    private Integer upsample;

    @Option(
            names = "--min-face",
            paramLabel = "PX",
            defaultValue = "0",
            description = "Smallest face of interest in pixels; default: as small as can be found")
    private int minFace;

    @Option(
            names = "--grey",
            description = "Look for faces in grey (hog): faster, finds others at the limit")
    private boolean grey;

    public String method() {
        if (!METHODS.contains(method)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--detection-method is hog, cnn or yunet, not " + method);
        }
        return method;
    }

    public DetectionOptions options(int defaultUpsample) {
        try {
            return new DetectionOptions(
                    upsample == null ? defaultUpsample : upsample, minFace, 0, grey);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /**
     * A picture's options, with what was asked for in place of its defaults.
     *
     * @param tolerance the gateway's
     */
    public RecognitionOptions picture(Tolerances tolerances) {
        return options(DetectionOptions.PICTURE, tolerances);
    }

    /** The same for the frames of a camera. */
    public RecognitionOptions live(Tolerances tolerances) {
        return options(DetectionOptions.LIVE, tolerances);
    }

    private RecognitionOptions options(DetectionOptions detection, Tolerances tolerances) {
        RecognitionOptions defaults = RecognitionOptions.PICTURE;
        return new RecognitionOptions(
                method(),
                options(detection.upsample()),
                defaults.strategy(),
                tolerances,
                defaults.k());
    }
}
