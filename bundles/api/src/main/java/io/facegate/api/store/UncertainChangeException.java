// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

/**
 * The disk failed while a change was brought to it, and has failed since: the change, which is
 * whole or not there at all, may or may not be kept. Until the store is opened anew it is not
 * there, and it never will be once the disk takes the store's next write; but when the process ends
 * before that, the next one may find it. The message says so.
 */
public final class UncertainChangeException extends StoreException {
    private static final long serialVersionUID = 1L;

    public UncertainChangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
