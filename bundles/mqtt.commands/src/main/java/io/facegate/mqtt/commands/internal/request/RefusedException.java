// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.request;

/** A command cannot be done; the message says why and what to do. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ErrorCode code;

    public RefusedException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /** The bundle that would do it is not there. */
    public static RefusedException missing(String bundle) {
        return new RefusedException(
                ErrorCode.UNAVAILABLE, "the bundle " + bundle + " is not running");
    }

    /** The gateway ends, or the bundle is being replaced. */
    public static RefusedException stopped() {
        return new RefusedException(
                ErrorCode.STOPPED, "the gateway or its bundle of commands is stopping: ask again");
    }

    /** For programs. */
    public ErrorCode code() {
        return code;
    }
}
