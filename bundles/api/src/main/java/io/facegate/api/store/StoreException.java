// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import java.io.IOException;

/**
 * The store refused or failed; nothing of the operation is kept, {@link UncertainChangeException}
 * excepted. The message says what, where and what to do.
 */
public class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
