// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.encoder;

import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelInfo;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;

/**
 * Makes descriptors of faces. Registered with the service properties {@code model.id} and {@code
 * model.version}; a higher service ranking is a newer model. Thread-safe; blocks while it computes.
 */
@ConsumerType
public interface FaceEncoder {
    /** The model in use; its key goes into every descriptor. */
    ModelInfo model();

    /**
     * Cuts out and aligns faces as this encoder wants them.
     *
     * @return one chip for each face, in order
     * @throws io.facegate.api.status.StaleServiceException the service was closed
     */
    List<FaceChip> align(Frame frame, List<Landmarks> faces);

    /**
     * Encodes aligned faces, as one batch.
     *
     * @return one descriptor for each chip, in order
     * @throws IllegalArgumentException a chip is of another size than {@link #align} makes
     * @throws io.facegate.api.status.StaleServiceException the service was closed
     */
    List<FaceDescriptor> encode(List<FaceChip> chips);
}
