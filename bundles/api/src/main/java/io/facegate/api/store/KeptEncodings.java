// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.model.ModelKey;

import java.util.Objects;

/**
 * How much is kept of one model: of people, of counter-examples and of unknown people.
 *
 * @param model which made them
 * @param encodings number of them
 * @param bytes their vectors take in the file
 * @param only how many of them are the only one of their face: without it the face would be lost
 */
public record KeptEncodings(ModelKey model, int encodings, long bytes, int only) {
    public KeptEncodings {
        Objects.requireNonNull(model, "model");
    }
}
