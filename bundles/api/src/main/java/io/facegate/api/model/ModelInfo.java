// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import java.util.Objects;

/**
 * Identity of a model, from the {@code facegate.model} capability of its bundle.
 *
 * @param id name of the model, such as {@code dlib-resnet-v1}
 * @param kind what it is for
 * @param format how the file is written: {@code dlib} or {@code onnx}
 * @param version version of the model bundle, such as {@code 1.0.0}
 * @param sha256 of the file, lower-case hex
 * @param weights SHA-256 of the original weights: equal for files proven equivalent
 */
public record ModelInfo(
        String id, ModelKind kind, String format, String version, String sha256, String weights) {
    public ModelInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(weights, "weights");
    }

    /** The key under which encodings made by this model may be compared. */
    public ModelKey key() {
        return new ModelKey(id, weights);
    }
}
