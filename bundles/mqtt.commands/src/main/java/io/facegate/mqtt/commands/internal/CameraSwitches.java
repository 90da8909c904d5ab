// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.recognition.Pipelines;

/** Switches cameras and their recognition on and off. For one thread. */
final class CameraSwitches {
    private final Parts around;

    CameraSwitches(Parts around) {
        this.around = around;
    }

    /**
     * Obeys a {@code set} topic.
     *
     * @param what {@code enabled} or {@code recognize}
     * @param value {@code ON} or {@code OFF}
     */
    void set(String camera, String what, String value) throws RefusedException {
        if (!value.equals("ON") && !value.equals("OFF")) {
            throw new RefusedException(
                    "bad_request", camera + "/" + what + "/set takes ON or OFF, nothing else");
        }
        boolean on = value.equals("ON");
        try {
            if (what.equals("enabled")) {
                camera(camera).setEnabled(on);
            } else {
                pipelines(camera).setRecognizing(camera, on);
            }
        } catch (RuntimeException e) {
            throw new RefusedException("failed", camera + "/" + what + "/set: " + e.getMessage());
        }
    }

    private Camera camera(String id) throws RefusedException {
        return around.cameras().stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknownCamera(id));
    }

    private Pipelines pipelines(String camera) throws RefusedException {
        Pipelines pipelines =
                around.pipelines()
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                "unavailable",
                                                "the pipeline's bundle is not running"));
        boolean known =
                around.cameras().stream().anyMatch(c -> c.id().equals(camera))
                        || pipelines.status().stream().anyMatch(s -> s.camera().equals(camera));
        if (!known) {
            throw unknownCamera(camera);
        }
        return pipelines;
    }

    private static RefusedException unknownCamera(String id) {
        return new RefusedException("unknown_camera", "there is no camera " + id);
    }
}
