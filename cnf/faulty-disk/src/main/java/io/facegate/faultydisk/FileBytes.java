// SPDX-License-Identifier: Apache-2.0
package io.facegate.faultydisk;

import java.util.Arrays;

/** The content of a file; bytes never written read as zero. */
final class FileBytes {
    private byte[] bytes;
    private int length;

    FileBytes(byte[] content) {
        this.bytes = content;
        this.length = content.length;
    }

    FileBytes copy() {
        return new FileBytes(toArray());
    }

    void write(long position, byte[] data) {
        int end = Math.toIntExact(position + data.length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        System.arraycopy(data, 0, bytes, (int) position, data.length);
        length = Math.max(length, end);
    }

    void truncate(long newLength) {
        int end = Math.toIntExact(newLength);
        if (end < length) {
            Arrays.fill(bytes, end, length, (byte) 0);
        } else if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, end);
        }
        length = end;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }
}
