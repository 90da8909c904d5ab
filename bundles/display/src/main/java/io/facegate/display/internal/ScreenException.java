// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

/** A screen cannot be used; the message says why and what to do, on one line. */
final class ScreenException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What to do about it. */
    enum Kind {
        /** Trying again later may help. */
        PASSING,
        /** Trying again in this process does not help. */
        LASTING,
        /** Wanted so: there is no screen. */
        IDLE
    }

    private final Kind kind;

    private ScreenException(String message, Kind kind, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static ScreenException passing(String message, Throwable cause) {
        return new ScreenException(message, Kind.PASSING, cause);
    }

    static ScreenException lasting(String message, Throwable cause) {
        return new ScreenException(message, Kind.LASTING, cause);
    }

    static ScreenException idle(String message) {
        return new ScreenException(message, Kind.IDLE, null);
    }

    Kind kind() {
        return kind;
    }
}
