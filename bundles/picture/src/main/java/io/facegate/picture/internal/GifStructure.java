// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;

import javax.imageio.ImageReader;

/** The first frame of a GIF on its canvas; ImageIO gives frames without their place. */
final class GifStructure {
    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;
    private static final int HEADER = 13;

    private GifStructure() {}

    /** Size of the canvas. */
    static int width(byte[] file) {
        return word(file, 6);
    }

    static int height(byte[] file) {
        return word(file, 8);
    }

    /**
     * Puts the frame where it belongs; what it leaves of the canvas stays black.
     *
     * @throws EOFException the file ends within it, which ImageIO would fill with zeros
     */
    static void firstFrame(ImageReader reader, byte[] file, PixelTarget sink) throws IOException {
        int at = firstImage(file);
        if (at < 0 || !isComplete(file, at)) {
            throw new EOFException("the first frame is not complete");
        }
        BufferedImage image = reader.read(0);
        Crop canvas = new Crop(0, 0, width(file), height(file));
        PixelTarget clipped = canvas.into(sink);
        int left = word(file, at + 1);
        int top = word(file, at + 3);
        RasterPixels.put(
                image.getRaster(),
                RasterPixels.of(image),
                top,
                (x, y, pixels, rgb, offset) -> clipped.put(left + x, y, pixels, rgb, offset));
    }

    /** Offset of the first image descriptor, -1 when there is none. */
    private static int firstImage(byte[] file) {
        int at = file.length < HEADER ? file.length : HEADER + paletteBytes(file[10]);
        while (at + 10 < file.length && file[at] == EXTENSION) {
            at = afterBlocks(file, at + 2);
        }
        return at + 10 < file.length && file[at] == IMAGE ? at : -1;
    }

    private static boolean isComplete(byte[] file, int image) {
        int end = afterBlocks(file, image + 11 + paletteBytes(file[image + 9]));
        return end <= file.length;
    }

    private static int afterBlocks(byte[] file, int start) {
        int at = start;
        while (at < file.length && file[at] != 0) {
            at += 1 + (file[at] & 0xFF);
        }
        return at + 1;
    }

    private static int paletteBytes(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private static int word(byte[] file, int at) {
        return file[at] & 0xFF | (file[at + 1] & 0xFF) << 8;
    }
}
