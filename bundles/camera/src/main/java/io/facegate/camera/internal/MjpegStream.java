// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Cuts a stream of JPEG pictures, one after the other, into pictures. For one thread. */
final class MjpegStream {
    private static final int MARKER = 0xFF;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int MAX_BYTES = 50_000_000;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private final ByteArrayOutputStream picture = new ByteArrayOutputStream(1 << 17);

    MjpegStream(InputStream in) {
        this.in = in;
    }

    /**
     * The next picture; what is no picture is skipped.
     *
     * @throws EOFException at the end of the stream
     */
    byte[] next() throws IOException {
        toStart();
        int marker = takeMarker();
        while (marker != END_OF_IMAGE) {
            int length = take() << 8 | take();
            for (int i = 2; i < length; i++) {
                take();
            }
            marker = marker == START_OF_SCAN ? skipScan() : takeMarker();
        }
        return picture.toByteArray();
    }

    private void toStart() throws IOException {
        int before = 0;
        int now = read();
        while (before != MARKER || now != START_OF_IMAGE) {
            before = now;
            now = read();
        }
        picture.reset();
        picture.write(MARKER);
        picture.write(START_OF_IMAGE);
    }

    /** The marker after the entropy-coded data, in which 0xFF is stuffed with 0. */
    private int skipScan() throws IOException {
        while (true) {
            if (take() == MARKER) {
                int next = take();
                while (next == MARKER) {
                    next = take();
                }
                if (next != 0 && (next < 0xD0 || next > 0xD7)) {
                    return next;
                }
            }
        }
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

    private int take() throws IOException {
        int next = read();
        picture.write(next);
        if (picture.size() > MAX_BYTES) {
            throw new IOException("no end of a picture within " + MAX_BYTES + " bytes");
        }
        return next;
    }

    private int read() throws IOException {
        if (at == end) {
            end = in.read(buffer);
            at = 0;
            if (end <= 0) {
                end = 0;
                throw new EOFException("the stream ended");
            }
        }
        return buffer[at++] & 0xFF;
    }
}
