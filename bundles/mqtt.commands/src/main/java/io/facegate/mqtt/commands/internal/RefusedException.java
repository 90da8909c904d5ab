// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

/** A command cannot be done; the message says why and what to do. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;

    /**
     * @param code one word for programs
     */
    RefusedException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
