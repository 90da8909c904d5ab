// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a pickle and the numbers in them. A length in the file is only a claim: memory grows
 * with what really comes.
 */
final class PickleInput {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_WORD = 1000;
    private static final int NEWEST = 5;

    private final InputStream in;
    private final PickleMemory memory;
    private long position;

    PickleInput(InputStream in, PickleMemory memory) {
        this.in = new BufferedInputStream(in, BUFFER);
        this.memory = memory;
    }

    /** Bytes read so far. */
    long position() {
        return position;
    }

    /** The byte that comes next; -1 at the end. */
    int next() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next;
    }

    int u1() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw truncated();
        }
        position++;
        return value;
    }

    int u2() throws IOException {
        return u1() | u1() << 8;
    }

    int i4() throws IOException {
        return u2() | u2() << 16;
    }

    long u4() throws IOException {
        return i4() & 0xffff_ffffL;
    }

    /** Eight bytes, least first; a length beyond 2^63 is negative. */
    long i8() throws IOException {
        return u4() | u4() << 32;
    }

    /** Most significant byte first, as BINFLOAT has it. */
    double f8() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(i8()));
    }

    /** A whole number of up to eight bytes in two's complement. */
    long whole(long length) throws IOException {
        if (length < 0 || length > Long.BYTES) {
            throw new RefusedFileException("a whole number of " + length + " bytes");
        }
        byte[] bytes = bytes(length);
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = i == bytes.length - 1 ? bytes[i] : value << 8 | bytes[i] & 0xff;
        }
        return value;
    }

    /** So many bytes; they are counted as memory. */
    byte[] bytes(long length) throws IOException {
        if (length < 0 || length > Integer.MAX_VALUE - 8) {
            throw new RefusedFileException(
                    "something of " + Long.toUnsignedString(length) + " bytes: no file has that");
        }
        memory.take(length);
        byte[] bytes = in.readNBytes((int) length);
        position += bytes.length;
        if (bytes.length < length) {
            throw truncated();
        }
        return bytes;
    }

    /** A short line of ASCII, as names and numbers are. */
    String word() throws IOException {
        byte[] line = line(LONGEST_WORD);
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    /** A line without its line feed. */
    byte[] line(int most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = u1(); c != '\n'; c = u1()) {
            if (line.size() == most) {
                throw new RefusedFileException("a line of more than " + most + " bytes");
            }
            if (line.size() >= LONGEST_WORD) {
                memory.take(1);
            }
            line.write(c);
        }
        return line.toByteArray();
    }

    /** The number of a protocol, which must be known. */
    void protocol() throws IOException {
        int protocol = u1();
        if (protocol > NEWEST) {
            throw new RefusedFileException("a pickle of protocol " + protocol);
        }
    }

    /** A frame says how much to read at once; what is in it is read all the same. */
    void frame() throws IOException {
        if (i8() < 0) {
            throw new RefusedFileException("a frame of an impossible length");
        }
    }

    /** A whole number, or what protocol 0 has for False and True. */
    static Object wholeOrBool(String word) throws RefusedFileException {
        boolean isBool = word.equals("00") || word.equals("01");
        return isBool ? (Object) word.equals("01") : (Object) decimal(word);
    }

    /** A decimal whole number of 64 bits. */
    static long decimal(String text) throws RefusedFileException {
        if (!text.matches("[+-]?[0-9]{1,400}")) {
            throw new RefusedFileException(
                    "'" + RefusedFileException.shown(text) + "' as a whole number");
        }
        try {
            return new BigInteger(text).longValueExact();
        } catch (ArithmeticException e) {
            throw new RefusedFileException("a whole number of more than 64 bits");
        }
    }

    private RefusedFileException truncated() {
        return new RefusedFileException("the file ends in the middle: it is truncated");
    }
}
