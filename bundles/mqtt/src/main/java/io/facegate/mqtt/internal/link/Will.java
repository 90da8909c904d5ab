// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.nio.charset.StandardCharsets;

/**
 * What the broker says when the link breaks, and where it is.
 *
 * @param topic retained, QoS 1
 */
record Will(BrokerAccess access, String topic) {
    /** What Paho is told: it only opens the socket, which knows where the broker is. */
    static final String ANYWHERE = "tcp://127.0.0.1:1";

    byte[] payload() {
        return "offline".getBytes(StandardCharsets.UTF_8);
    }
}
