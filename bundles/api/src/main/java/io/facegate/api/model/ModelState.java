// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import java.util.Objects;

/**
 * A model bundle as the gateway sees it.
 *
 * @param info identity, as declared
 * @param state what became of it
 * @param message the reason when refused; empty otherwise
 */
public record ModelState(ModelInfo info, State state, String message) {
    /** What became of a model. */
    public enum State {
        /** Checked, not loaded: nobody needs it now. */
        CHECKED,
        /** Loaded, self-test passed. */
        ACCEPTED,
        /** Not usable. */
        REFUSED
    }

    public ModelState {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
    }
}
