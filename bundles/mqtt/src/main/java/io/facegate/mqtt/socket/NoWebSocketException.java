// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.socket;

import java.io.IOException;

/** A server does not open a WebSocket. */
public final class NoWebSocketException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The message goes on from the broker's URL. */
    public NoWebSocketException(String message) {
        super(message);
    }
}
