// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code {"encodings": [numpy float64 arrays], "names": [str]}} in protocol 3, as scripts
 * with face_recognition keep it. The names of numpy's functions are those of numpy 1, which numpy 2
 * goes on understanding.
 */
final class PickleWriter {
    private static final int RECONSTRUCT = 0;
    private static final int EMPTY = 1;
    private static final int SHAPE = 2;
    private static final int DTYPE = 3;
    private static final int BATCH = 1000;

    private final OutputStream out;
    private int inBatch;

    PickleWriter(OutputStream out) {
        this.out = out;
    }

    /** Begins the file and its list of encodings. */
    void begin(int dimension) throws IOException {
        out.write(new byte[] {(byte) 0x80, 3});
        global("numpy.core.multiarray", "_reconstruct");
        keep(RECONSTRUCT);
        global("numpy", "ndarray");
        out.write(new byte[] {'K', 0, (byte) 0x85, 'C', 1, 'b', (byte) 0x87});
        keep(EMPTY);
        out.write(new byte[] {'M', (byte) dimension, (byte) (dimension >> 8), (byte) 0x85});
        keep(SHAPE);
        global("numpy", "dtype");
        text("f8");
        out.write(new byte[] {(byte) 0x89, (byte) 0x88, (byte) 0x87, 'R'});
        out.write(new byte[] {'(', 'K', 3});
        text("<");
        out.write(new byte[] {'N', 'N', 'N', 'J', -1, -1, -1, -1, 'J', -1, -1, -1, -1, 'K', 0});
        out.write(new byte[] {'t', 'b'});
        keep(DTYPE);
        out.write('}');
        text("encodings");
        beginList();
    }

    /** Appends to the encodings. */
    void encoding(float[] vector) throws IOException {
        batch();
        recall(RECONSTRUCT);
        recall(EMPTY);
        out.write('R');
        out.write(new byte[] {'(', 'K', 1});
        recall(SHAPE);
        recall(DTYPE);
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) {
            bytes.putDouble(value);
        }
        out.write(new byte[] {(byte) 0x89, 'B'});
        length(bytes.capacity());
        out.write(bytes.array());
        out.write(new byte[] {'t', 'b'});
    }

    /** Ends the encodings and begins the names, one for each of them. */
    void beginNames() throws IOException {
        endList();
        out.write('s');
        text("names");
        beginList();
    }

    void name(String name) throws IOException {
        batch();
        text(name);
    }

    void end() throws IOException {
        endList();
        out.write(new byte[] {'s', '.'});
        out.flush();
    }

    private void beginList() throws IOException {
        out.write(new byte[] {']', '('});
        inBatch = 0;
    }

    private void batch() throws IOException {
        if (inBatch++ == BATCH) {
            out.write(new byte[] {'e', '('});
            inBatch = 1;
        }
    }

    private void endList() throws IOException {
        out.write('e');
    }

    private void global(String module, String name) throws IOException {
        out.write(('c' + module + '\n' + name + '\n').getBytes(StandardCharsets.US_ASCII));
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        length(bytes.length);
        out.write(bytes);
    }

    private void length(int length) throws IOException {
        out.write(
                new byte[] {
                    (byte) length,
                    (byte) (length >> 8),
                    (byte) (length >> 16),
                    (byte) (length >> 24)
                });
    }

    /** Remembers what is on the stack, and takes it off. */
    private void keep(int key) throws IOException {
        out.write(new byte[] {'q', (byte) key, '0'});
    }

    private void recall(int key) throws IOException {
        out.write(new byte[] {'h', (byte) key});
    }
}
