// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelKey;

import java.util.Optional;

/** Of which encoders the encodings may be removed. */
final class Clearing {
    private Clearing() {}

    /**
     * Asks before anything is removed.
     *
     * @param force whether the previous one may be
     * @param onItsWay whether it is to come into use
     * @throws IllegalArgumentException it may not be; the message says why
     */
    static void require(ModelKey model, boolean force, boolean onItsWay, ModelChoice choice) {
        Optional<ModelKey> key = Optional.of(model);
        if (onItsWay) {
            throw new IllegalArgumentException(
                    model.id()
                            + " is on its way into use: take its bundle out of the folder load, or"
                            + " go back, before its encodings are cleared");
        }
        if (choice.choice().inUse().equals(key) || choice.served().equals(key)) {
            throw new IllegalArgumentException(
                    model.id()
                            + " is in use: without its encodings nobody would be recognised. Use"
                            + " another encoder first");
        }
        if (!force && choice.choice().previous().equals(key)) {
            throw new IllegalArgumentException(
                    model.id()
                            + " is the encoder before the one in use: without its encodings there is"
                            + " no going back to it (facegate model rollback), and using it again"
                            + " would encode everybody anew. Clear it all the same with --force");
        }
    }
}
