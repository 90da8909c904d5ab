// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.CameraIds;

/** Says what is wrong with the id a camera was given. */
final class CameraId {
    private CameraId() {}

    /** Why an id will not do and what to do; empty when it will. */
    static String objection(String id) {
        if (id == null || id.isBlank()) {
            return "camera_id is missing: give the camera a name such as front.";
        }
        if (!CameraIds.isWellFormed(id)) {
            return "camera_id \""
                    + id
                    + "\" is not allowed: use lower-case letters, digits, _ and - only.";
        }
        return CameraIds.isReserved(id)
                ? "camera_id \"" + id + "\" is a word of the MQTT topics: take another."
                : "";
    }
}
