// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import java.util.Objects;

/**
 * What a camera is doing at one moment.
 *
 * @param state where in its life it is
 * @param message why it is not online and what to do; empty when online
 * @param width columns of its frames, 0 before the first
 * @param height rows of its frames, 0 before the first
 * @param framesPerSecond measured over the last seconds, 0 when not online
 * @param frames frames delivered since the camera service started
 */
public record CameraStatus(
        CameraState state,
        String message,
        int width,
        int height,
        double framesPerSecond,
        long frames) {
    public CameraStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
    }
}
