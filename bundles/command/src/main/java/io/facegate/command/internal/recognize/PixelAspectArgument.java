// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.camera.PixelAspect;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --pixel-aspect}. */
final class PixelAspectArgument {
    private PixelAspect aspect = PixelAspect.AUTO;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--pixel-aspect",
            paramLabel = "W:H",
            description =
                    "How wide the pixels of a video are, for their height, like 2:1; default: auto,"
                            + " as it says")
    private void set(String text) {
        try {
            aspect = PixelAspect.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--pixel-aspect: " + e.getMessage(), e);
        }
    }

    PixelAspect ofVideo() {
        return aspect;
    }

    /** Pictures have no such thing. */
    void refuse() {
        if (!aspect.isAuto()) {
            throw new ParameterException(
                    spec.commandLine(), "--pixel-aspect goes with a video or a camera");
        }
    }
}
