// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.status;

/**
 * A service was called after it was closed (its bundle was stopped or updated): look it up anew.
 */
public class StaleServiceException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public StaleServiceException(String message) {
        super(message);
    }
}
