// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.io.IOException;

/** The connection to the broker broke, or the broker did not answer in time. */
public final class LinkException extends IOException {
    private static final long serialVersionUID = 1L;

    LinkException(String message) {
        super(message);
    }

    LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
