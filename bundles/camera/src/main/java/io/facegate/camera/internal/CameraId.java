// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.util.Set;
import java.util.regex.Pattern;

/** What a camera may be called: its id is a level of MQTT topics. */
final class CameraId {
    private static final Pattern FORM = Pattern.compile("[a-z0-9_-]+");
    private static final Set<String> RESERVED =
            Set.of(
                    "available",
                    "info",
                    "events",
                    "person",
                    "model",
                    "cmd",
                    "reply",
                    "stats",
                    "errors");

    private CameraId() {}

    /** Why an id will not do and what to do; empty when it will. */
    static String objection(String id) {
        if (id == null || id.isBlank()) {
            return "camera_id is missing: give the camera a name such as front.";
        }
        if (!FORM.matcher(id).matches()) {
            return "camera_id \""
                    + id
                    + "\" is not allowed: use lower-case letters, digits, _ and - only.";
        }
        return RESERVED.contains(id)
                ? "camera_id \"" + id + "\" is a word of the MQTT topics: take another."
                : "";
    }
}
