// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

/**
 * What a source sends, by its own words and its first frame.
 *
 * @param location without passwords
 * @param kind in words, such as {@code video}
 * @param codec such as {@code h264}; empty: not known
 * @param width columns as they are coded
 * @param height rows as they are coded
 * @param pixelAspect how wide a pixel is; {@link PixelAspect#AUTO} when it says nothing
 * @param framesPerSecond 0: not known
 * @param live whether it happens now, without an end
 * @param durationMillis 0: live, or not known
 * @param login how the log-in went, in words; empty: none is possible
 */
public record StreamOffer(
        String location,
        String kind,
        String codec,
        int width,
        int height,
        PixelAspect pixelAspect,
        double framesPerSecond,
        boolean live,
        long durationMillis,
        String login) {}
