// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

/** A captured stage was closed while the frame was worked on. */
public final class StaleStageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Object stage;

    /**
     * @param stage the closed service object
     * @param cause a StaleServiceException, or a NoClassDefFoundError: the classes that an updated
     *     bundle had not loaded yet went away with it
     */
    public StaleStageException(Object stage, Throwable cause) {
        super(cause.getMessage(), cause);
        this.stage = stage;
    }

    /** Whether the stage lacks a class, as an updated bundle does, and a broken one. */
    boolean lacksClass() {
        return getCause() instanceof NoClassDefFoundError;
    }

    /** The service object that is of no use any more. */
    Object stage() {
        return stage;
    }
}
