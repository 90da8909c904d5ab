// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.display;

import java.io.IOException;

/** Nothing can be shown here; the message says why and what to do. */
public class DisplayException extends IOException {
    private static final long serialVersionUID = 1L;

    public DisplayException(String message) {
        super(message);
    }

    public DisplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
