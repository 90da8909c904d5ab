// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Facts of a BMP file's header, BITMAPINFOHEADER or one that begins like it. */
final class BmpStructure {
    private static final int PIXELS = 10;
    private static final int WIDTH = 18;
    private static final int HEIGHT = 22;
    private static final int BITS = 28;
    private static final int COMPRESSION = 30;
    private static final int HEADER = 54;
    private static final int BIT_FIELDS = 3;

    private BmpStructure() {}

    private static ByteBuffer header(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether its rows are not compressed, so that one can be read without those before it. */
    static boolean hasEqualRows(byte[] file) {
        int compression = file.length < HEADER ? -1 : header(file).getInt(COMPRESSION);
        return compression == 0 || compression == BIT_FIELDS;
    }

    /**
     * Looks for the last of its equal rows, which ImageIO does not when it reads single ones.
     *
     * @throws EOFException it is not there
     */
    static void checkComplete(byte[] file) throws EOFException {
        ByteBuffer header = header(file);
        long bits = (long) header.getInt(WIDTH) * header.getShort(BITS);
        long rows = Math.abs((long) header.getInt(HEIGHT));
        if (header.getInt(PIXELS) + (bits + 31) / 32 * 4 * rows > file.length) {
            throw new EOFException("rows are missing");
        }
    }
}
