// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import io.facegate.api.recognition.Outcome;

import java.util.List;

/** A frame could not be worked on: a part is missing (skipped) or a stage failed. */
public final class AnalysisException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> missing;

    private AnalysisException(String message, List<String> missing, Throwable cause) {
        super(message, cause);
        this.missing = missing;
    }

    /** Parts did not come in time. */
    static AnalysisException missing(List<String> parts) {
        String names = String.join(", ", parts);
        return new AnalysisException(
                "waits for "
                        + names
                        + ": start the bundle or install the model that provides "
                        + (parts.size() == 1 ? "it" : "them"),
                List.copyOf(parts),
                null);
    }

    /** A stage threw, or answered what it may not. */
    static AnalysisException failed(String part, Throwable cause) {
        String why = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return new AnalysisException(
                part + " failed, " + cause.getClass().getSimpleName() + why, List.of(), cause);
    }

    /** What became of the frame. */
    public Outcome outcome() {
        return missing.isEmpty() ? Outcome.FAILED : Outcome.SKIPPED;
    }

    /** The parts that are missing; empty when a stage failed. */
    public List<String> missing() {
        return missing;
    }
}
