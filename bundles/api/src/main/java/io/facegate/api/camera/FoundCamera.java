// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import java.util.List;

/**
 * A camera at this machine.
 *
 * @param location what a camera's location is set to
 * @param name as the driver calls it
 * @param path the device's file, or the place on the board
 * @param modes what it sends, in the driver's order; none when {@code remark} says why
 * @param remark what a person should know of it; else empty
 */
public record FoundCamera(
        String location, String name, String path, List<CameraMode> modes, String remark) {
    public FoundCamera {
        modes = List.copyOf(modes);
    }
}
