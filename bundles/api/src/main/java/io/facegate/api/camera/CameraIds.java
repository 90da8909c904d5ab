// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import java.util.Set;
import java.util.regex.Pattern;

/** What a camera may be called: its id is a level of MQTT topics, beside others of the gateway. */
public final class CameraIds {
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

    private CameraIds() {}

    /** Whether an id has only lower-case letters, digits, _ and -. */
    public static boolean isWellFormed(String id) {
        return FORM.matcher(id).matches();
    }

    /** Whether the gateway itself has a topic of that name. */
    public static boolean isReserved(String id) {
        return RESERVED.contains(id);
    }

    /** Whether a camera may have the id. */
    public static boolean allows(String id) {
        return isWellFormed(id) && !isReserved(id);
    }
}
