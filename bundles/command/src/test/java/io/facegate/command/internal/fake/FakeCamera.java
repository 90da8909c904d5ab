// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;

/** A camera of the gateway at /dev/video7, which gives no frames of its own. */
public final class FakeCamera implements Camera {
    public CameraState state = CameraState.ONLINE;

    @Override
    public String id() {
        return "front";
    }

    @Override
    public String location() {
        return "/dev/video7";
    }

    @Override
    public CameraStatus status() {
        return new CameraStatus(state, "", 0, 0, 0, 0);
    }

    @Override
    public void setEnabled(boolean enabled) {}
}
