// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.io.IOException;

/** A server does not open a WebSocket. */
final class NoWebSocketException extends IOException {
    private static final long serialVersionUID = 1L;

    NoWebSocketException(String message) {
        super(message);
    }
}
