// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** Frames as Java2D images and back, always with pixels of their own. */
final class FrameImages {
    private FrameImages() {}

    /** A copy; gray frames become gray images, all others {@code TYPE_3BYTE_BGR}. */
    static BufferedImage image(Frame frame) {
        if (frame.format() != PixelFormat.GRAY8) {
            return colorImage(frame);
        }
        BufferedImage image =
                new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] to = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < frame.height(); y++) {
            System.arraycopy(
                    frame.pixels(), y * frame.stride(), to, y * frame.width(), frame.width());
        }
        return image;
    }

    /** A copy as {@code TYPE_3BYTE_BGR}. */
    static BufferedImage colorImage(Frame frame) {
        BufferedImage image =
                new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] to = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        byte[] from = frame.pixels();
        int step = frame.format().bytesPerPixel();
        int red = frame.format() == PixelFormat.BGR24 ? 2 : 0;
        int blue = step == 1 ? 0 : 2 - red;
        int green = step == 1 ? 0 : 1;
        int at = 0;
        for (int y = 0; y < frame.height(); y++) {
            int row = y * frame.stride();
            for (int x = 0; x < frame.width(); x++, row += step) {
                to[at++] = from[row + blue];
                to[at++] = from[row + green];
                to[at++] = from[row + red];
            }
        }
        return image;
    }

    /** The pixels of a {@code TYPE_3BYTE_BGR} image as a frame with the other facts of like. */
    static Frame frame(BufferedImage image, Frame like) {
        byte[] from = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        byte[] rgb = new byte[from.length];
        for (int i = 0; i < from.length; i += 3) {
            rgb[i] = from[i + 2];
            rgb[i + 1] = from[i + 1];
            rgb[i + 2] = from[i];
        }
        return Frame.rgb(
                like.sourceId(),
                like.sequence(),
                like.captured(),
                image.getWidth(),
                image.getHeight(),
                rgb);
    }
}
