// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Reads a large picture in stripes, where its format lets a part be read without what is before it.
 */
final class ImageStripes {
    /** Rows of a stripe, about. */
    private static final int ROWS = 256;

    private final ImageReader reader;
    private final int height;
    private final int rows;

    /** Takes a stripe; its first row is {@code top}. */
    interface Taker {
        void take(BufferedImage stripe, int top) throws IOException;
    }

    private ImageStripes(ImageReader reader, int rows) throws IOException {
        this.reader = reader;
        this.height = reader.getHeight(0);
        this.rows = Math.min(height, rows);
    }

    /** All of it at once. */
    static ImageStripes whole(ImageReader reader) throws IOException {
        return new ImageStripes(reader, reader.getHeight(0));
    }

    /** Stripes of whole tiles, or strips, of a TIFF. */
    static ImageStripes ofTiles(ImageReader reader) throws IOException {
        int tile = Math.max(1, reader.getTileHeight(0));
        return new ImageStripes(reader, Math.max(1, ROWS / tile) * tile);
    }

    /** Stripes of a file whose rows lie one after the other. */
    static ImageStripes ofRows(ImageReader reader) throws IOException {
        return new ImageStripes(reader, ROWS);
    }

    /** Pixels of a stripe. */
    long pixels() throws IOException {
        return (long) reader.getWidth(0) * rows;
    }

    /** Reads them from top to bottom. */
    void forEach(Taker taker) throws IOException {
        if (rows == height) {
            taker.take(reader.read(0), 0);
            return;
        }
        for (int top = 0; top < height; top += rows) {
            ImageReadParam part = reader.getDefaultReadParam();
            part.setSourceRegion(
                    new Rectangle(0, top, reader.getWidth(0), Math.min(rows, height - top)));
            taker.take(reader.read(0, part), top);
        }
    }
}
