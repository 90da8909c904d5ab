// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.exchange.internal.PickleValues.Bytes;
import io.facegate.exchange.internal.PickleValues.Sequence;
import io.facegate.exchange.internal.PickleValues.Tuple;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of the elements of a numpy array (numpy's array protocol, "typestr"): numbers, text of a
 * fixed length, or Python's objects, which stand in a list.
 */
final class PickleDtype {
    private static final Pattern NAME =
            Pattern.compile("(f(?:2|4|8|12|16)|[iu][1248]|b1|O[48]|[US][1-9][0-9]{0,7})");

    /** Bytes of a character of U. */
    private static final int CHARACTER = 4;

    private final char kind;

    /** Bytes of one element; of no meaning for objects. */
    private final int bytes;

    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    private PickleDtype(char kind, int bytes) {
        this.kind = kind;
        this.bytes = bytes;
    }

    /** The elements of an array, by their place in it. */
    @FunctionalInterface
    interface Elements {
        Object at(int index) throws RefusedFileException;
    }

    /** From the arguments of numpy.dtype: name, align, copy. */
    static PickleDtype of(Object[] arguments) throws RefusedFileException {
        String name = arguments.length == 3 ? PickleValues.text(arguments[0]) : null;
        if (name == null) {
            throw new RefusedFileException("numpy.dtype with other arguments than numpy writes");
        }
        Matcher known = NAME.matcher(name);
        if (!known.matches()) {
            throw new RefusedFileException(
                    "a numpy array of type '"
                            + RefusedFileException.shown(name)
                            + "', where floats, text or objects belong");
        }
        int length = Integer.parseInt(name.substring(1));
        char kind = name.charAt(0);
        return new PickleDtype(kind, kind == 'U' ? CHARACTER * length : length);
    }

    /** The one of StringDType, whose arrays are pickled with a list of their texts. */
    static PickleDtype ofStrings() {
        return new PickleDtype('O', 0);
    }

    /** From the state that numpy.dtype.__reduce__ gives: version, byte order, nothing more. */
    void build(Object state) throws RefusedFileException {
        String sign =
                state instanceof Tuple tuple && tuple.size() == 8
                        ? PickleValues.text(tuple.get(1))
                        : null;
        if (!"<".equals(sign) && !">".equals(sign) && !("|".equals(sign) && kind != 'f')) {
            throw new RefusedFileException("a numpy.dtype in a state that this type never has");
        }
        order = sign.equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /**
     * So many elements out of the content of an array: a list of objects, or the bytes of what has
     * a fixed length.
     */
    Elements elements(Object content, long count) throws RefusedFileException {
        if (kind == 'O' && content instanceof Sequence list && list.size() == count) {
            return list::get;
        }
        if (kind == 'O'
                || !(content instanceof Bytes raw)
                || raw.content().length != count * bytes) {
            throw new RefusedFileException(
                    "a numpy array of " + count + " elements with " + PickleValues.type(content));
        }
        ByteBuffer data = ByteBuffer.wrap(raw.content()).order(order);
        return switch (kind) {
            case 'f' -> floats(data);
            case 'U' -> i -> characters(data, i * bytes);
            case 'S' -> i -> letters(raw.content(), i * bytes);
            case 'b' -> i -> data.get(i) != 0;
            default -> i -> whole(data, i * bytes);
        };
    }

    /** What stands alone; a longdouble shows its value among others only. */
    Object scalar(Object content) throws RefusedFileException {
        boolean isLong = kind == 'f' && bytes == PickleLongDouble.BYTES;
        return isLong && content instanceof Bytes raw && raw.content().length == bytes
                ? PickleLongDouble.Scalar.of(ByteBuffer.wrap(raw.content()).order(order))
                : elements(content, 1).at(0);
    }

    private Elements floats(ByteBuffer data) throws RefusedFileException {
        return switch (bytes) {
            case Short.BYTES -> i -> half(data.getShort(i * Short.BYTES));
            case Float.BYTES -> i -> (double) data.getFloat(i * Float.BYTES);
            case Double.BYTES -> i -> data.getDouble(i * Double.BYTES);
            default -> PickleLongDouble.elements(data, bytes);
        };
    }

    /** IEEE 754 binary16. */
    static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double value = Math.scalb((double) (fraction + 1024), exponent - 25);
        if (exponent == 0) {
            value = Math.scalb((double) fraction, -24);
        } else if (exponent == 0x1f) {
            value = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        return bits < 0 ? -value : value;
    }

    private long whole(ByteBuffer data, int at) {
        long value =
                switch (bytes) {
                    case Byte.BYTES -> data.get(at);
                    case Short.BYTES -> data.getShort(at);
                    case Integer.BYTES -> data.getInt(at);
                    default -> data.getLong(at);
                };
        return kind == 'u' && bytes < Long.BYTES ? value & (1L << 8 * bytes) - 1 : value;
    }

    /** UTF-32; what is shorter than the length is filled up with zeros. */
    private String characters(ByteBuffer data, int at) throws RefusedFileException {
        int end = at + bytes;
        while (end > at && data.getInt(end - CHARACTER) == 0) {
            end -= CHARACTER;
        }
        StringBuilder text = new StringBuilder((end - at) / CHARACTER);
        for (int i = at; i < end; i += CHARACTER) {
            int code = data.getInt(i);
            if (!Character.isValidCodePoint(code)
                    || Character.getType(code) == Character.SURROGATE) {
                throw new RefusedFileException("a numpy array of text that is not Unicode");
            }
            text.appendCodePoint(code);
        }
        return text.toString();
    }

    private Bytes letters(byte[] data, int at) {
        int end = at + bytes;
        while (end > at && data[end - 1] == 0) {
            end--;
        }
        return new Bytes(Arrays.copyOfRange(data, at, end));
    }
}
