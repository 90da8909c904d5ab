// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import io.facegate.api.encoder.FaceEncoder;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An encoder that is tried beside the one in use: registered by its engine while {@link
 * ModelChoice#tryOut} asks for its model. Never a {@link FaceEncoder} service, so that nobody takes
 * it for the one in use.
 */
@ConsumerType
public interface CandidateEncoder {
    /** The encoder; its self-test passed. */
    FaceEncoder encoder();
}
