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

    /** The bundle that would do it is not there. */
    static RefusedException missing(String bundle) {
        return new RefusedException("unavailable", "the bundle " + bundle + " is not running");
    }

    String code() {
        return code;
    }
}
