// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import org.osgi.annotation.versioning.ProviderType;

/** Opens sources of frames; what cameras use, and batch commands over videos. Thread-safe. */
@ProviderType
public interface FrameSourceFactory {
    /**
     * Opens a source; blocks until it is open.
     *
     * @param location a video file, a folder of pictures, an http(s) or rtsp URL, a V4L2 device
     *     ({@code /dev/video0} or a number), or {@code rpicam}
     * @param sourceId source id of the frames
     * @throws FrameSourceException nothing there, not readable, or a format nothing here reads
     */
    default FrameSource open(String location, String sourceId) throws FrameSourceException {
        return open(location, sourceId, PixelAspect.AUTO);
    }

    /**
     * The same for a video whose pixels are not as wide as it says.
     *
     * @param pixelAspect of the pixels that are made square
     * @throws FrameSourceException nothing there, not readable, or a format nothing here reads
     */
    FrameSource open(String location, String sourceId, PixelAspect pixelAspect)
            throws FrameSourceException;
}
