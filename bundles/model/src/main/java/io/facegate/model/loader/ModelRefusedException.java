// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

/** A model is not usable; the message is one line for people. */
public class ModelRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public ModelRefusedException(String message) {
        super(message);
    }

    public ModelRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
