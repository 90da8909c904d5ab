// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.store;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;

import java.util.Objects;
import java.util.Optional;

/**
 * An encoding to be kept.
 *
 * @param descriptor the embedding
 * @param chip the aligned face it was made of, kept lossless to encode anew with a later model;
 *     empty for imported encodings
 * @param source where it came from, such as the picture's path
 * @param contentHash SHA-256 of the picture file, lower-case hex; empty when unknown
 */
public record NewEncoding(
        FaceDescriptor descriptor, Optional<FaceChip> chip, String source, String contentHash) {
    public NewEncoding {
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(chip, "chip");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(contentHash, "contentHash");
    }
}
