// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.tls;

import java.io.IOException;

/** A file of certificates or keys cannot be used; the message says which, why and what to do. */
public final class TlsFileException extends IOException {
    private static final long serialVersionUID = 1L;

    TlsFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
