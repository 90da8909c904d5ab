// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;

import java.util.ArrayList;
import java.util.List;

/** What the screen says while there is no picture. */
final class Waiting {
    private Waiting() {}

    /**
     * Lines for people: which camera is waited for, why it does not come, and missing parts.
     *
     * @param camera id of the camera shown; empty: any
     * @param pipelines null when there is none
     * @param writer null when there is none
     */
    static List<String> lines(
            String camera, List<Camera> cameras, Pipelines pipelines, PictureWriter writer) {
        List<String> lines = new ArrayList<>();
        lines.add("waiting for camera" + (camera.isEmpty() ? "" : " " + camera));
        List<String> missing = new ArrayList<>();
        if (pipelines == null) {
            missing.add("pipeline");
        }
        if (writer == null) {
            missing.add("picture");
        }
        try {
            cameraProblems(camera, cameras, lines);
            if (pipelines != null) {
                for (PipelineStatus status : pipelines.status()) {
                    if (camera.isEmpty() || camera.equals(status.camera())) {
                        missing.addAll(status.missing());
                    }
                }
            }
        } catch (RuntimeException e) {
            // A bundle is being swapped; the next second tells more.
        }
        if (!missing.isEmpty()) {
            lines.add("missing: " + String.join(", ", missing.stream().distinct().toList()));
        }
        return lines;
    }

    private static void cameraProblems(String camera, List<Camera> cameras, List<String> lines) {
        boolean found = false;
        for (Camera each : cameras) {
            if (camera.isEmpty() || camera.equals(each.id())) {
                found = true;
                CameraStatus status = each.status();
                if (status.state() != CameraState.ONLINE && !status.message().isEmpty()) {
                    lines.add(each.id() + ": " + status.message());
                }
            }
        }
        if (!found) {
            lines.add("no such camera is configured");
        }
    }
}
