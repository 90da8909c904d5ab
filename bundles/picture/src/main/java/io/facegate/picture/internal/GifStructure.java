// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

import javax.imageio.ImageReader;

/** The first frame of a GIF on its canvas; ImageIO gives frames without their place. */
final class GifStructure {
    private static final int IMAGE = 0x2C;
    private static final int EXTENSION = 0x21;
    private static final int HEADER = 13;

    private GifStructure() {}

    /** Empty when the file ends within the first frame, which ImageIO would fill with zeros. */
    static Optional<RgbImage> firstFrame(ImageReader reader, byte[] file) throws IOException {
        int at = firstImage(file);
        if (at < 0 || !isComplete(file, at)) {
            return Optional.empty();
        }
        BufferedImage image = reader.read(0);
        RgbImage frame = RasterPixels.of(image);
        RgbImage canvas = RgbImage.empty(word(file, 6), word(file, 8));
        int left = word(file, at + 1);
        int top = word(file, at + 3);
        if (frame.width() == canvas.width() && frame.height() == canvas.height()) {
            return Optional.of(frame);
        }
        for (int y = 0; y < frame.height() && y + top < canvas.height(); y++) {
            int columns = Math.min(frame.width(), canvas.width() - left);
            if (columns > 0) {
                System.arraycopy(
                        frame.rgb(),
                        3 * y * frame.width(),
                        canvas.rgb(),
                        3 * ((y + top) * canvas.width() + left),
                        3 * columns);
            }
        }
        return Optional.of(canvas);
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
