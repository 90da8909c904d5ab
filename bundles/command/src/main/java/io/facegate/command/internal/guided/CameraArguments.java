// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Options of an enrolment before a camera. */
public final class CameraArguments {
    private static final int LONGEST = 3600;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--camera",
            paramLabel = "ID|DEV",
            description =
                    "Instead of photos: ask for one pose after the other before a camera of the"
                            + " running gateway, or before 0, /dev/video0, rpicam, rtsp://... or"
                            + " a video file")
    private String camera;

    @Option(
            names = "--poses",
            paramLabel = "POSES",
            split = ",",
            description =
                    "With --camera: which of front, left, right, up and down, the person's own;"
                            + " default all. Up and down may be missing in the end")
    private List<String> poses;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "With --camera: how long poses are asked for; default 60")
    private Integer timeout;

    @Option(
            names = "--again",
            description = "With --camera: take poses anew that were taken by an earlier call")
    private boolean again;

    @Option(names = "--json", description = "With --camera: one JSON object about the poses")
    private boolean json;

    /** The camera named; empty when photos are added. */
    public Optional<String> camera() {
        if (camera == null && (poses != null || timeout != null || again || json)) {
            throw wrong("--poses, --timeout, --again and --json go with --camera");
        }
        if (camera != null && camera.isBlank()) {
            throw wrong("--camera names a camera of the gateway, a device, URL or file");
        }
        return Optional.ofNullable(camera);
    }

    Set<Pose> poses() {
        if (poses == null) {
            return EnumSet.allOf(Pose.class);
        }
        Set<Pose> named = EnumSet.noneOf(Pose.class);
        for (String word : poses) {
            named.add(
                    Arrays.stream(Pose.values())
                            .filter(pose -> pose.word().equalsIgnoreCase(word.strip()))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            wrong(
                                                    "--poses are "
                                                            + Pose.words(EnumSet.allOf(Pose.class))
                                                            + ", with commas in between, not '"
                                                            + word
                                                            + "'")));
        }
        return named;
    }

    Duration timeout() {
        if (timeout != null && (timeout < 1 || timeout > LONGEST)) {
            throw wrong("--timeout is 1 to " + LONGEST + " seconds, not " + timeout);
        }
        return Duration.ofSeconds(timeout == null ? 60 : timeout);
    }

    boolean again() {
        return again;
    }

    boolean json() {
        return json;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
