// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import org.osgi.annotation.versioning.ProviderType;

import java.util.List;
import java.util.Optional;

/**
 * Finds cameras, and tells what a stream offers. Nothing is captured, switched or kept.
 * Thread-safe; every method blocks, and gives up early when its thread is interrupted.
 */
@ProviderType
public interface CameraDiscovery {
    /** V4L2 devices that capture video, by the name under which they keep being found. */
    Search<FoundCamera> devices();

    /** Cameras of {@code rpicam-apps}; asks its program, which takes a second or two. */
    Search<FoundCamera> boardCameras();

    /**
     * ONVIF devices on all networks of this machine, by WS-Discovery; takes some seconds.
     *
     * @param login asks each for its streams; a password is sent as a digest only
     */
    Search<FoundNetworkCamera> networkCameras(Optional<CameraLogin> login);

    /**
     * Opens a source and looks at its first frames.
     *
     * @param location as of {@link FrameSourceFactory#open}
     * @param login of a URL that has none
     * @throws FrameSourceException it cannot be opened or sends nothing; without passwords
     */
    StreamOffer probe(String location, Optional<CameraLogin> login) throws FrameSourceException;

    /**
     * What was found.
     *
     * @param found in a stable order
     * @param looked where was looked, or why it could not be, in words for people
     */
    record Search<T>(List<T> found, String looked) {
        public Search {
            found = List.copyOf(found);
        }
    }
}
