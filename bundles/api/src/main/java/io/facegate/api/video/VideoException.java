// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.video;

import java.io.IOException;

/** A video could not be written; the message says which, why and what to do. */
public class VideoException extends IOException {
    private static final long serialVersionUID = 1L;

    public VideoException(String message) {
        super(message);
    }

    public VideoException(String message, Throwable cause) {
        super(message, cause);
    }
}
