// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

/** A picture was not taken into the gallery; the message is the reason, on one line. */
public class EnrolmentException extends Exception {
    private static final long serialVersionUID = 1L;

    public EnrolmentException(String message) {
        super(message);
    }

    public EnrolmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
