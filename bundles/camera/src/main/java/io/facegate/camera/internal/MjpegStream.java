// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of JPEG pictures into pictures by the markers within them. What stands in between,
 * such as the boundaries and headers of a multipart stream, is skipped whatever it says: cameras
 * send wrong ones. For one thread.
 */
final class MjpegStream {
    private static final int MARKER = 0xFF;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int MAX_BYTES = 50_000_000;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int start; // of the picture within the buffer
    private int at;
    private int end;

    MjpegStream(InputStream in) {
        this.in = in;
    }

    /**
     * The next picture.
     *
     * @throws EOFException at the end of the stream
     */
    byte[] next() throws IOException {
        toStart();
        int marker = takeMarker();
        while (marker != END_OF_IMAGE) {
            if (marker == START_OF_IMAGE) {
                // the picture before was cut short
                start = at - 2;
            } else if (marker == START_OF_SCAN) {
                skip(takeLength());
                skipScan();
            } else if (!standsAlone(marker)) {
                skip(takeLength());
            }
            marker = takeMarker();
        }
        byte[] picture = Arrays.copyOfRange(buffer, start, at);
        start = at;
        return picture;
    }

    private void toStart() throws IOException {
        int before = 0;
        int now = take();
        while (before != MARKER || now != START_OF_IMAGE) {
            before = now;
            start = at - 1;
            now = take();
        }
    }

    /** Up to the marker after the entropy-coded data, in which 0xFF is stuffed with 0. */
    private void skipScan() throws IOException {
        while (true) {
            while (at < end && buffer[at] != (byte) MARKER) {
                at++;
            }
            if (end - at < 2) {
                fill();
            } else {
                int next = buffer[at + 1] & 0xFF;
                if (next != 0 && next != MARKER && !standsAlone(next)) {
                    return;
                }
                at += next == MARKER ? 1 : 2;
            }
        }
    }

    private static boolean standsAlone(int marker) {
        return marker == 1 || marker >= 0xD0 && marker <= 0xD7;
    }

    private int takeMarker() throws IOException {
        int next = take();
        while (next != MARKER) {
            next = take();
        }
        while (next == MARKER) {
            next = take();
        }
        return next;
    }

    private int takeLength() throws IOException {
        return Math.max(0, (take() << 8 | take()) - 2);
    }

    private void skip(int bytes) throws IOException {
        while (end - at < bytes) {
            fill();
        }
        at += bytes;
    }

    private int take() throws IOException {
        if (at == end) {
            fill();
        }
        return buffer[at++] & 0xFF;
    }

    /** Reads more; what was before the picture is given up. */
    private void fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            at -= start;
            end -= start;
            start = 0;
        } else if (end == buffer.length) {
            if (end >= MAX_BYTES) {
                throw new IOException("no end of a picture within " + MAX_BYTES + " bytes");
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        if (end < buffer.length) {
            int count = in.read(buffer, end, buffer.length - end);
            if (count < 0) {
                throw new EOFException("the stream ended");
            }
            end += count;
        }
    }
}
