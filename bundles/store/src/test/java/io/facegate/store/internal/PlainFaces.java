// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Vectors and chips that can be read in the bytes of files, whosever they are. */
final class PlainFaces {
    /**
     * Numbers in a row, none the same as the one before, which are those of a vector: random bytes
     * give so many in 10^21, SQLite's slots of deleted cells are all alike.
     */
    private static final int ROW = 16;

    /** How the first chunk of every PNG begins; its name alone is found in gigabytes of noise. */
    private static final String PNG_HEAD = "\0\0\0\rIHDR";

    private static final float SMALLEST = 1e-4f;
    private static final float LARGEST = 0.25f;

    private PlainFaces() {}

    /** Fails when a file of a folder shows any. */
    static void assertNone(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(in(Files.readAllBytes(file))).as(file.toString()).isFalse();
            }
        }
    }

    static boolean in(byte[] bytes) {
        return hasVector(bytes)
                || new String(bytes, StandardCharsets.ISO_8859_1).contains(PNG_HEAD);
    }

    private static boolean hasVector(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = 0; start < Float.BYTES; start++) {
            int row = 0;
            float last = 0;
            for (int i = start; i + Float.BYTES <= bytes.length; i += Float.BYTES) {
                float value = Math.abs(buffer.getFloat(i));
                row = value > SMALLEST && value < LARGEST && value != last ? row + 1 : 0;
                last = value;
                if (row == ROW) {
                    return true;
                }
            }
        }
        return false;
    }
}
