// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.request;

import java.util.Locale;

/** Why something was not done, for programs; the words never change. */
public enum ErrorCode {
    /** It is not what the command takes. */
    BAD_REQUEST,
    /** There is no such command. */
    UNKNOWN_COMMAND,
    /** It is larger than can be read. */
    TOO_LARGE,
    /** Too many at once: later it may be done. */
    TOO_MANY,
    /** The configuration does not allow it. */
    FORBIDDEN,
    /** It was not signed with the gateway's secret. */
    BAD_SIGNATURE,
    /** It was signed too long ago, or the clock of one side is wrong. */
    BAD_TIME,
    /** It was carried out before. */
    REPLAYED,
    /** There is no such camera. */
    UNKNOWN_CAMERA,
    /** It is no JPEG, or one of too many pixels. */
    BAD_PICTURE,
    /** No face was found. */
    NO_FACE,
    /** There are several faces. */
    SEVERAL_FACES,
    /** The picture speaks against being taken. */
    DOUBTFUL,
    /** A part that is needed is not there now. */
    UNAVAILABLE,
    /** It is not obeyed here. */
    UNSUPPORTED,
    /** The gateway ended before it was done. */
    STOPPED,
    /** It failed; the message says why. */
    FAILED;

    /** As it is sent. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
