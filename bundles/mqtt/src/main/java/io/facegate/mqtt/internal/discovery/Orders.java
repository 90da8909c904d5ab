// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.discovery;

import java.util.List;

/** Topics below the gateway's own that entities publish to, as far as somebody obeys them. */
public final class Orders {
    static final String BACKUP = "backup/set";
    static final String MODEL = "model/set";
    static final String RESTART = "<camera>/restart/set";
    static final String TOLERANCE = "settings/tolerance/set";
    static final String METHOD = "settings/detection_method/set";

    /** All of them. */
    public static final List<String> ALL = List.of(BACKUP, MODEL, RESTART, TOLERANCE, METHOD);

    private Orders() {}

    /** An order as a topic that a filter may match. */
    public static String topic(String order) {
        return order.replace("<camera>", "camera");
    }
}
