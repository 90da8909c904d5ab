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
 * @param encoder what its descriptors are; of an encoder only
 * @param terms licence and memory, as far as the bundle says them
 */
public record ModelInfo(
        String id,
        ModelKind kind,
        String format,
        String version,
        String sha256,
        String weights,
        EncoderTraits encoder,
        Terms terms) {
    /**
     * On what terms it can be used.
     *
     * @param licence its name, such as {@code Apache-2.0}; empty when the bundle does not say
     * @param memory bytes it takes beside its file, while it works; 0 when the bundle does not say
     */
    public record Terms(String licence, long memory) {
        /** The bundle says nothing. */
        public static final Terms UNSAID = new Terms("", 0);

        public Terms {
            Objects.requireNonNull(licence, "licence");
        }
    }

    public ModelInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(encoder, "encoder");
        Objects.requireNonNull(terms, "terms");
    }

    /** A model that says no more than what it is: an encoder is compared as dlib's. */
    public ModelInfo(
            String id,
            ModelKind kind,
            String format,
            String version,
            String sha256,
            String weights) {
        this(id, kind, format, version, sha256, weights, EncoderTraits.DLIB, Terms.UNSAID);
    }

    /** The key under which encodings made by this model may be compared. */
    public ModelKey key() {
        return new ModelKey(id, weights);
    }
}
