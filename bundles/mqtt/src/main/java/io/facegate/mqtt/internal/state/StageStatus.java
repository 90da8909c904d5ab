// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.status.Condition;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the stages work: what is published under {@code status/<stage>}.
 *
 * @param pipelines whether the pipeline's bundle is there
 * @param conditions of all bundles
 */
record StageStatus(boolean pipelines, List<Condition> conditions) {
    static final List<String> STAGES = List.of("capture", "detect", "encode", "match");

    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";
    private static final String DISABLED = "disabled";

    /**
     * Beginnings of the names of the parts that each stage needs, each as far as it is reported.
     */
    private static final Map<String, List<String>> PARTS =
            Map.of(
                    "detect", List.of("detect"),
                    "encode", List.of("landmark", "encode"),
                    "match", List.of("store", "gallery", "match"));

    /** Of the camera itself. */
    static String capture(Optional<Camera> camera) {
        if (camera.isEmpty()) {
            return OFFLINE;
        }
        CameraState state = camera.get().status().state();
        if (state == CameraState.DISABLED) {
            return DISABLED;
        }
        return state == CameraState.ONLINE ? ONLINE : OFFLINE;
    }

    /** Of a stage behind the camera. */
    String of(String stage, Optional<PipelineStatus> pipeline) {
        if (pipeline.isPresent() && !pipeline.get().recognizing()) {
            return DISABLED;
        }
        if (!pipelines) {
            return OFFLINE;
        }
        for (String part : PARTS.get(stage)) {
            if (pipeline.isPresent()
                    && pipeline.get().missing().stream().anyMatch(m -> isOf(part, m))) {
                return OFFLINE;
            }
            if (allFailed(part)) {
                return OFFLINE;
            }
        }
        return ONLINE;
    }

    /** One failed part of several, such as the detector not in use, does not stop a stage. */
    private boolean allFailed(String part) {
        List<Condition> own = conditions.stream().filter(c -> isOf(part, c.part())).toList();
        return !own.isEmpty() && own.stream().allMatch(c -> c.level() == Condition.Level.FAILED);
    }

    private static boolean isOf(String part, String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(part);
    }
}
