// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.encoder;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;

/** Finds the landmarks of faces whose boxes are known. Thread-safe. */
@ConsumerType
public interface LandmarkDetector {
    /**
     * Predicts landmarks.
     *
     * @return one for each box, in order
     * @throws io.facegate.api.status.StaleServiceException the service was closed
     */
    List<Landmarks> landmarks(Frame frame, List<Box> boxes);
}
