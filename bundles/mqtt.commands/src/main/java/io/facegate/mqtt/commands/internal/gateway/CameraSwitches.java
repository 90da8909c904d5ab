// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.gateway;

import io.facegate.api.recognition.Pipelines;
import io.facegate.mqtt.commands.internal.part.CameraFrames;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.RefusedException;

/** Switches cameras and their recognition on and off. For one thread. */
public final class CameraSwitches {
    private final Parts around;

    public CameraSwitches(Parts around) {
        this.around = around;
    }

    /**
     * Obeys a {@code set} topic.
     *
     * @param what {@code enabled} or {@code recognize}
     * @param value {@code ON} or {@code OFF}
     */
    public void set(String camera, String what, String value) throws RefusedException {
        if (!value.equals("ON") && !value.equals("OFF")) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    camera + "/" + what + "/set takes ON or OFF, nothing else");
        }
        boolean on = value.equals("ON");
        try {
            if (what.equals("enabled")) {
                CameraFrames.camera(around, camera).setEnabled(on);
            } else {
                pipelines(camera).setRecognizing(camera, on);
            }
        } catch (RuntimeException e) {
            throw new RefusedException(
                    ErrorCode.FAILED, camera + "/" + what + "/set: " + e.getMessage());
        }
    }

    private Pipelines pipelines(String camera) throws RefusedException {
        Pipelines pipelines = around.require(Pipelines.class, "pipeline");
        if (pipelines.status().stream().noneMatch(s -> s.camera().equals(camera))) {
            CameraFrames.camera(around, camera);
        }
        return pipelines;
    }
}
