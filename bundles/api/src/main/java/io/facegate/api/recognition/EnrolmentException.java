// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import java.util.List;
import java.util.Objects;

/** A picture was not taken into the gallery; the message is the reason, on one line. */
public class EnrolmentException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, to count by. */
    public enum Reason {
        /** It is not there, not a picture, damaged or too large. */
        UNREADABLE,
        /** No face was found in it. */
        NO_FACE,
        /** It has several faces, and only pictures with one were asked for. */
        SEVERAL_FACES,
        /** It is doubtful, and only pictures without a warning were asked for. */
        DOUBTFUL,
        /** A part that is needed is missing. */
        PART_MISSING,
        /** The store refused it, or a part failed. */
        FAILED
    }

    private final Reason reason;
    private final transient List<EnrolmentWarning> warnings;

    public EnrolmentException(String message) {
        this(Reason.FAILED, message, null);
    }

    public EnrolmentException(String message, Throwable cause) {
        this(Reason.FAILED, message, cause);
    }

    /**
     * @param cause may be null
     */
    public EnrolmentException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        warnings = List.of();
    }

    /** Of a doubtful picture, with everything that speaks against it. */
    public EnrolmentException(String message, List<EnrolmentWarning> warnings) {
        super(message);
        reason = Reason.DOUBTFUL;
        this.warnings = List.copyOf(warnings);
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** What speaks against it; empty unless it is doubtful. */
    public List<EnrolmentWarning> warnings() {
        return warnings == null ? List.of() : warnings;
    }
}
