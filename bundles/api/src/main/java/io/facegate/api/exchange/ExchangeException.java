// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.exchange;

import java.io.IOException;

/**
 * A file was refused or could not be written; the gallery is as before. The message is one line
 * that says what and where.
 */
public class ExchangeException extends IOException {
    private static final long serialVersionUID = 1L;

    public ExchangeException(String message) {
        super(message);
    }

    public ExchangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
