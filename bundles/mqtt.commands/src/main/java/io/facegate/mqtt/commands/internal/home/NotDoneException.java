// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.home;

/** Something was not done: why, and what to do. */
final class NotDoneException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code one word for programs
     */
    NotDoneException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
