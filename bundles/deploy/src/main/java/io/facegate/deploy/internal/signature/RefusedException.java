// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

/** A bundle may not be used; the message says why and what to do, and goes on a name. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }

    public RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
