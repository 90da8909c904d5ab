// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A live source of frames with a capture thread of its own, which offers each frame to all {@link
 * io.facegate.api.frame.FrameListener} services. Registered with the service property {@value #ID}.
 * Thread-safe; no method blocks.
 */
@ConsumerType
public interface Camera {
    /** Service property with the camera's id. */
    String ID = "camera.id";

    /** The camera's id, {@code [a-z0-9_-]+}; source id of its frames. */
    String id();

    /** Device, URL, file or folder it reads, with passwords left out. */
    String location();

    /** Where in its picture faces are looked for. */
    default WatchedAreas areas() {
        return WatchedAreas.EVERYWHERE;
    }

    /** What it is doing now. */
    CameraStatus status();

    /** Switches capturing on or off; off releases the device. */
    void setEnabled(boolean enabled);
}
