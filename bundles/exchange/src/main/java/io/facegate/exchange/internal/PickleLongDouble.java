// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.exchange.internal.PickleDtype.Elements;
import io.facegate.exchange.internal.PickleValues.Items;
import io.facegate.exchange.internal.PickleValues.Tuple;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * numpy's longdouble, which is what the C compiler of the machine has: x87's 80 bits, in 12 or 16
 * bytes of which the rest is whatever lay there, on PCs; IEEE 754 binary128 on arm64. Both are
 * called f16, and nothing says which it is but the values of many.
 */
final class PickleLongDouble {
    private static final int BIAS = 16383;
    private static final int ENDLESS = 0x7fff;

    /** Powers of two beyond which no number of an encoding lies. */
    private static final int FAR = 64;

    /** So many numbers in the one form are not by chance also some in the other. */
    private static final int PROOF = 4;

    /** Of one number where it can be of either kind. */
    static final int BYTES = 16;

    private final ByteBuffer data;
    private final int bytes;

    private PickleLongDouble(ByteBuffer data, int bytes) {
        this.data = data;
        this.bytes = bytes;
    }

    /** A single number of which it is not known yet how it is stored. */
    record Scalar(long low, long high) {
        /** From the only number that the data consists of. */
        static Scalar of(ByteBuffer data) {
            PickleLongDouble number = new PickleLongDouble(data, BYTES);
            return new Scalar(number.low(0), number.high(0));
        }
    }

    /** The same items with the numbers that the scalars among them are. */
    static Items resolved(Items items) throws RefusedFileException {
        ByteBuffer data = ByteBuffer.allocate(BYTES * items.size());
        Object[] numbers = new Object[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = items.get(i);
            Scalar scalar = numbers[i] instanceof Scalar found ? found : new Scalar(0, 0);
            data.putLong(scalar.high).putLong(scalar.low);
        }
        Elements elements = elements(data, BYTES);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = numbers[i] instanceof Scalar ? elements.at(i) : numbers[i];
        }
        return new Tuple(numbers);
    }

    /**
     * All numbers that the data consists of.
     *
     * @param bytes of one number, 12 or 16
     * @throws RefusedFileException they could be of either kind
     */
    static Elements elements(ByteBuffer data, int bytes) throws RefusedFileException {
        PickleLongDouble numbers = new PickleLongDouble(data, bytes);
        return numbers.extended() ? numbers::x87 : numbers::binary128;
    }

    private boolean extended() throws RefusedFileException {
        boolean extended = true;
        boolean quadruple = bytes == BYTES;
        int extendedNumbers = 0;
        int quadrupleNumbers = 0;
        int differing = 0;
        for (int i = 0; i < data.limit() / bytes; i++) {
            long low = low(i);
            long high = high(i);
            boolean zero = low == 0 && (high & 0xffff) == 0;
            extended &= zero || low < 0 && near((int) high & ENDLESS);
            extendedNumbers += zero ? 0 : 1;
            boolean none = low == 0 && high << 1 == 0;
            quadruple &= none || near((int) (high >>> 48) & ENDLESS);
            quadrupleNumbers += none ? 0 : 1;
            differing += zero && none ? 0 : 1;
        }
        if (extended == quadruple && differing > 0) {
            if (extended && extendedNumbers >= PROOF) {
                return true;
            }
            if (extended && extendedNumbers == 0 && quadrupleNumbers >= PROOF) {
                return false;
            }
            throw new RefusedFileException(
                    "a numpy longdouble of which it cannot be told how it is stored (save the"
                            + " encodings as float64)");
        }
        return extended;
    }

    private static boolean near(int exponent) {
        return Math.abs(exponent - BIAS) <= FAR || exponent == ENDLESS;
    }

    /** The lower eight bytes. */
    private long low(int index) {
        boolean last = data.order() == ByteOrder.BIG_ENDIAN;
        return data.getLong(index * bytes + (last ? bytes - Long.BYTES : 0));
    }

    /** The upper four or eight bytes. */
    private long high(int index) {
        int at = index * bytes + (data.order() == ByteOrder.BIG_ENDIAN ? 0 : Long.BYTES);
        return bytes == BYTES ? data.getLong(at) : data.getInt(at);
    }

    private double x87(int index) {
        long high = high(index);
        return value((high & 0x8000) != 0, (int) high & ENDLESS, low(index));
    }

    private double binary128(int index) {
        long low = low(index);
        long high = high(index);
        int exponent = (int) (high >>> 48) & ENDLESS;
        long fraction = (high & 0xffff_ffff_ffffL) << 15 | low >>> 49 | (low << 15 == 0 ? 0 : 1);
        // what has no leading one is too small to matter
        return value(high < 0, exponent, exponent == 0 ? 0 : 1L << 63 | fraction);
    }

    /**
     * @param mantissa 64 bits without a sign, the first of which is worth two to the exponent
     */
    private static double value(boolean negative, int exponent, long mantissa) {
        double value = mantissa;
        if (mantissa < 0) {
            value = 2.0 * (mantissa >>> 1 | mantissa & 1);
        }
        value = Math.scalb(value, exponent - BIAS - 63);
        if (exponent == ENDLESS) {
            value = mantissa << 1 == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        return negative ? -value : value;
    }
}
