// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;

/**
 * dlib's own serialisation (dlib/serialize.h, dlib/float_details.h, dlib/cuda/tensor.h): integers
 * as a control byte and up to 8 bytes, floats as mantissa and exponent, tensors as little-endian
 * fp32.
 */
final class DatReader {
    private static final int LONGEST_TEXT = 256;
    private static final int INFINITY = 32_000;

    private final ByteBuffer bytes;

    DatReader(byte[] file) {
        bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An exception about what was read last. */
    DatFormatException problem(String what) {
        return new DatFormatException(bytes.position(), what);
    }

    /** Fails unless the file ends here. */
    void end() throws DatFormatException {
        if (bytes.hasRemaining()) {
            throw problem(bytes.remaining() + " bytes follow that do not belong to the network");
        }
    }

    /** Control byte: the low 4 bits say how many bytes follow, the highest bit is the sign. */
    long integer() throws DatFormatException {
        int control = octet();
        int length = control & 0x0f;
        if (length < 1 || length > Long.BYTES || (control & 0x70) != 0) {
            throw problem("no integer of dlib's");
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (long) octet() << (8 * i);
        }
        return (control & 0x80) == 0 ? value : -value;
    }

    /** An integer between bounds, both inclusive. */
    int integer(int least, int most, String what) throws DatFormatException {
        long value = integer();
        if (value < least || value > most) {
            throw problem(what + " is " + value + ", expected " + least + " to " + most);
        }
        return (int) value;
    }

    double number() throws DatFormatException {
        long mantissa = integer();
        int exponent = integer(Short.MIN_VALUE, Short.MAX_VALUE, "an exponent");
        if (exponent >= INFINITY) {
            throw problem("a number that is not finite");
        }
        return Math.scalb((double) mantissa, exponent);
    }

    void numbers(int count) throws DatFormatException {
        for (int i = 0; i < count; i++) {
            number();
        }
    }

    boolean flag() throws DatFormatException {
        int value = octet();
        if (value != '0' && value != '1') {
            throw problem("no flag of dlib's");
        }
        return value == '1';
    }

    String text() throws DatFormatException {
        int length = integer(0, LONGEST_TEXT, "the length of a text");
        require(length);
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, ISO_8859_1);
    }

    /** A text that must be one of those expected: name and version of what follows. */
    String text(Collection<String> expected) throws DatFormatException {
        String found = text();
        if (!expected.contains(found)) {
            throw problem("found \"" + found + "\", expected " + String.join(" or ", expected));
        }
        return found;
    }

    /** Values of a tensor, and its four dimensions are checked only for being possible. */
    float[] tensor() throws DatFormatException {
        integer(2, 2, "the version of a tensor");
        long size = size();
        require(size * Float.BYTES);
        float[] values = new float[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.getFloat();
            if (!Float.isFinite(values[i])) {
                throw problem("a weight that is not finite");
            }
        }
        return values;
    }

    /** Four dimensions of a part of a tensor. */
    int[] shape() throws DatFormatException {
        integer(1, 1, "the version of an alias tensor");
        return dimensions();
    }

    private long size() throws DatFormatException {
        long size = 1;
        for (int dimension : dimensions()) {
            size *= dimension;
            if (size * Float.BYTES > bytes.remaining()) {
                throw problem("the file ends inside a tensor");
            }
        }
        return size;
    }

    private int[] dimensions() throws DatFormatException {
        int[] dimensions = new int[4];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = integer(0, 1 << 20, "a dimension of a tensor");
        }
        return dimensions;
    }

    private int octet() throws DatFormatException {
        require(1);
        return bytes.get() & 0xff;
    }

    private void require(long length) throws DatFormatException {
        if (length > bytes.remaining()) {
            throw problem("the file ends here, " + length + " bytes more are needed");
        }
    }
}
