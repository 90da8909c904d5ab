// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import io.facegate.api.status.StaleServiceException;

/** A captured stage was closed while the frame was worked on. */
public final class StaleStageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Object stage;

    /**
     * @param stage the closed service object
     */
    public StaleStageException(Object stage, StaleServiceException cause) {
        super(cause.getMessage(), cause);
        this.stage = stage;
    }

    /** The service object that is of no use any more. */
    Object stage() {
        return stage;
    }
}
