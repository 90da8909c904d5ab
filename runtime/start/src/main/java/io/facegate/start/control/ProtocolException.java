// SPDX-License-Identifier: Apache-2.0
package io.facegate.start.control;

import java.io.IOException;

/** What came is not what a command or a gateway sends. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }
}
