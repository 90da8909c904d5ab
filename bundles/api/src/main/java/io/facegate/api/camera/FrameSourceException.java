// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import java.io.IOException;

/** A source could not be opened or read; the message says which, why and what to do. */
public class FrameSourceException extends IOException {
    private static final long serialVersionUID = 1L;

    public FrameSourceException(String message) {
        super(message);
    }

    public FrameSourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
