// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import java.util.Objects;

/**
 * Encodings are comparable exactly when their keys are equal.
 *
 * @param id name of the model
 * @param weights SHA-256 of the original weights, lower-case hex
 */
public record ModelKey(String id, String weights) {
    public ModelKey {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(weights, "weights");
    }
}
