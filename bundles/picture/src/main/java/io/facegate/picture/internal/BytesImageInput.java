// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.io.IOException;

import javax.imageio.stream.ImageInputStreamImpl;

/** A file in memory for ImageIO; the JDK's own streams copy what they read. */
final class BytesImageInput extends ImageInputStreamImpl {
    private byte[] file;

    BytesImageInput(byte[] file) {
        this.file = file;
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < file.length ? file[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        bitOffset = 0;
        int bytes = (int) Math.min(length, file.length - streamPos);
        if (bytes <= 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(file, (int) streamPos, to, offset, bytes);
        streamPos += bytes;
        return bytes;
    }

    @Override
    public long length() {
        return file.length;
    }

    /** Lets go of the file: streams of ImageIO wait for their finalizer. */
    @Override
    public void close() throws IOException {
        super.close();
        file = new byte[0];
    }
}
