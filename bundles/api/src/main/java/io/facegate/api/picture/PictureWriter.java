// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.picture;

import io.facegate.api.frame.Frame;

import org.osgi.annotation.versioning.ProviderType;

import java.util.List;

/** Draws labels on frames and encodes frames as picture files. Thread-safe. */
@ProviderType
public interface PictureWriter {
    /**
     * Encodes a frame.
     *
     * @param quality 0..1 for {@link PictureFormat#JPEG}, ignored otherwise
     * @return the bytes of the file
     */
    byte[] encode(Frame frame, PictureFormat format, double quality);

    /**
     * Draws boxes with their texts on a copy of the frame; line width and letters scale with the
     * picture so that a name is legible on a screen of 480x320 pixels. Letters no font has become
     * "?".
     *
     * @return a new {@code RGB24} frame of the same size
     */
    Frame annotate(Frame frame, List<Label> labels);

    /**
     * Scales a frame to fit into a width and height with its proportions kept (never up).
     *
     * @return an {@code RGB24} frame; the same frame when it fits already
     */
    Frame fit(Frame frame, int maxWidth, int maxHeight);
}
