// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import java.io.IOException;

/** The broker could not listen. */
final class BrokerStartException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
