// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.picture;

import java.io.IOException;

/** A picture could not be read or written; the message says which, why and what to do. */
public class PictureException extends IOException {
    private static final long serialVersionUID = 1L;

    public PictureException(String message) {
        super(message);
    }

    public PictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
