// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.encoder;

import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits.Metric;

import org.osgi.annotation.versioning.ProviderType;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Tries the file of a face encoder that is in no bundle yet. Thread-safe; blocks while it computes.
 */
@ProviderType
public interface EncoderProbe {
    /**
     * What a file gives.
     *
     * @param descriptor of the chip, as an encoder would give it
     * @param memory bytes the process grew by when the network was loaded and run
     */
    record Result(float[] descriptor, long memory) {}

    /** How the files it takes are written, such as {@code onnx}. */
    String format();

    /**
     * Loads a file, encodes a face with it and lets go of it.
     *
     * @param input what its network is given
     * @param metric how its descriptors are compared
     * @param chip in dlib's alignment
     * @throws IOException it cannot be read, or is no network that takes this and gives numbers;
     *     the message says which
     */
    Result probe(Path file, EncoderInput input, Metric metric, FaceChip chip) throws IOException;
}
