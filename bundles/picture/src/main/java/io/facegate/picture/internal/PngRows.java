// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.InflaterInputStream;

/**
 * Reads a large PNG row by row, where ImageIO would have all of it in memory.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG specification, sections 9 and 11</a>
 */
final class PngRows {
    private static final int HEADER = 16;
    private static final int PALETTE = 3;

    private final byte[] file;
    private final int width;
    private final int height;
    private final int bits;
    private final int colours;
    private final int samples;
    private byte[] palette = new byte[0];

    private PngRows(byte[] file) {
        this.file = file;
        ByteBuffer header = ByteBuffer.wrap(file, HEADER, 10);
        width = header.getInt();
        height = header.getInt();
        bits = header.get();
        colours = header.get();
        samples =
                switch (colours) {
                    case 2 -> 3;
                    case 4 -> 2;
                    case 6 -> 4;
                    default -> 1;
                };
    }

    /**
     * Whether the rows of a file lie one after the other, which those of interlaced ones do not.
     */
    static boolean canRead(byte[] file) {
        return file.length > HEADER + 13 && file[HEADER + 12] == 0;
    }

    /** Decodes a file. */
    static void read(byte[] file, PixelTarget target) throws IOException {
        new PngRows(file).read(target);
    }

    private void read(PixelTarget target) throws IOException {
        if (bits == 1) {
            throw UnreadFormException.blackAndWhite();
        }
        int pixel = Math.max(1, samples * bits / 8);
        int bytes = (int) (((long) width * samples * bits + 7) / 8);
        byte[] above = new byte[pixel + bytes];
        byte[] row = new byte[pixel + bytes];
        byte[] rgb = new byte[3 * width];
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(data()))) {
            for (int y = 0; y < height; y++) {
                int filter = in.readUnsignedByte();
                in.readFully(row, pixel, bytes);
                unfilter(filter, row, above, pixel);
                expand(row, pixel, rgb);
                target.put(0, y, width, rgb, 0);
                byte[] free = above;
                above = row;
                row = free;
            }
        }
    }

    /** The compressed data of all its chunks; nothing is copied. */
    private InputStream data() {
        List<InputStream> parts = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = 8;
        while (at + 12 <= file.length) {
            int length = bytes.getInt(at);
            int there = Math.min(length, file.length - at - 8);
            if (length < 0) {
                break;
            }
            int type = bytes.getInt(at + 4);
            if (type == 0x49444154) { // IDAT
                parts.add(new ByteArrayInputStream(file, at + 8, there));
            } else if (type == 0x504C5445) { // PLTE
                palette = Arrays.copyOfRange(file, at + 8, at + 8 + there);
            }
            if (there < length) {
                break;
            }
            at += 12 + length;
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    /** Rows begin with a pixel of zeros. */
    private static void unfilter(int filter, byte[] row, byte[] above, int pixel)
            throws IOException {
        for (int i = pixel; i < row.length; i++) {
            int left = row[i - pixel] & 0xFF;
            int up = above[i] & 0xFF;
            row[i] +=
                    (byte)
                            switch (filter) {
                                case 0 -> 0;
                                case 1 -> left;
                                case 2 -> up;
                                case 3 -> (left + up) / 2;
                                case 4 -> paeth(left, up, above[i - pixel] & 0xFF);
                                default -> throw new IOException("filter " + filter);
                            };
        }
    }

    private static int paeth(int left, int up, int corner) {
        int guess = left + up - corner;
        int toLeft = Math.abs(guess - left);
        int toUp = Math.abs(guess - up);
        int toCorner = Math.abs(guess - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }

    private void expand(byte[] row, int start, byte[] rgb) {
        int step = samples * bits / 8;
        boolean gray = samples < 3;
        int next = bits / 8;
        for (int x = 0; x < width; x++) {
            if (colours == PALETTE) {
                for (int band = 0; band < 3; band++) {
                    int at = 3 * packed(row, start, x) + band;
                    rgb[3 * x + band] = at < palette.length ? palette[at] : 0;
                }
            } else if (bits < 8) {
                int shade = packed(row, start, x) * 255 / ((1 << bits) - 1);
                Arrays.fill(rgb, 3 * x, 3 * x + 3, (byte) shade);
            } else {
                int at = start + x * step;
                rgb[3 * x] = row[at];
                rgb[3 * x + 1] = row[gray ? at : at + next];
                rgb[3 * x + 2] = row[gray ? at : at + 2 * next];
            }
        }
    }

    /** A sample of 2, 4 or 8 bits. */
    private int packed(byte[] row, int start, int x) {
        int bit = x * bits;
        return row[start + bit / 8] >> 8 - bits - bit % 8 & (1 << bits) - 1;
    }
}
