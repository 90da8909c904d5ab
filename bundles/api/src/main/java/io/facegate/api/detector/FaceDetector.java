// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.detector;

import io.facegate.api.frame.Frame;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;

/**
 * Finds faces. Registered with the service property {@value #METHOD}. Thread-safe; {@link #detect}
 * blocks for as long as it computes, calls from several threads may queue.
 */
@ConsumerType
public interface FaceDetector {
    /** Service property: {@code hog}, {@code cnn} or {@code yunet}. */
    String METHOD = "detection.method";

    /** The method's name, as in events: {@code hog}, {@code cnn} or {@code yunet}. */
    String method();

    /**
     * Finds the faces of a frame.
     *
     * @param frame any pixel format
     * @return in the detector's own order (dlib: best score first); empty when there is no face
     * @throws io.facegate.api.status.StaleServiceException the service was closed
     */
    List<FaceDetection> detect(Frame frame, DetectionOptions options);
}
