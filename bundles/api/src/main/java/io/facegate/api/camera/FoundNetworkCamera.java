// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import java.util.List;

/**
 * An ONVIF device.
 *
 * @param address of its device service
 * @param name as its owner called it; empty: not said
 * @param model its hardware; empty: not said
 * @param streams what it sends; none when {@code remark} says why
 * @param remark what a person should know or do; else empty
 */
public record FoundNetworkCamera(
        String address, String name, String model, List<NetworkStream> streams, String remark) {
    public FoundNetworkCamera {
        streams = List.copyOf(streams);
    }

    /**
     * One media profile.
     *
     * @param name of the profile
     * @param location its URL, without login
     * @param snapshot URL of single pictures, without login; empty: none
     * @param format such as {@code H264}; empty: not said
     * @param width columns; 0: not said
     * @param height rows; 0: not said
     * @param framesPerSecond most frames; 0: not said
     */
    public record NetworkStream(
            String name,
            String location,
            String snapshot,
            String format,
            int width,
            int height,
            double framesPerSecond) {}
}
