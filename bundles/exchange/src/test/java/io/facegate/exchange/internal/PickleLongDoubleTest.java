// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.exchange.internal.PickleDtype.Elements;
import io.facegate.exchange.internal.PickleLongDouble.Scalar;
import io.facegate.exchange.internal.PickleValues.Tuple;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Numbers as C's long double has them on PCs (x87) and on arm64 (binary128). */
class PickleLongDoubleTest {
    /**
     * A third, minus two, one, a thousandth and zero as gcc 12 has them; those of x87 with padding.
     */
    private static final String X87 =
            "abaaaaaaaaaaaaaafd3f d7acac7f0000 000000000000008000c0 d7acac7f0000"
                    + "0000000000000080ff3f d7acac7f0000 3bdf4f8d976e1283f53f d7acac7f0000"
                    + "00000000000000000000 d7acac7f0000";

    private static final String BINARY128 =
            "5555555555555555555555555555fd3f 000000000000000000000000000000c0"
                    + "0000000000000000000000000000ff3f 62105839b4c876be9f1a2fdd2406f53f"
                    + "00000000000000000000000000000000";

    @Test
    void bothKindsAreToldApartByTheirValues() throws Exception {
        double[] values = {1.0 / 3, -2, 1, 0.001, 0};
        assertThat(read(X87, 16)).containsExactly(values);
        assertThat(read(BINARY128, 16)).containsExactly(values);
    }

    @Test
    void twelveBytesAreThoseOfAPcWith32Bits() throws Exception {
        String twelve = X87.replaceAll("d7acac7f0000", "d7ac");
        assertThat(read(twelve, 12)).containsExactly(1.0 / 3, -2, 1, 0.001, 0);
    }

    @Test
    void numbersOfFewBitsAreToldApartToo() throws Exception {
        String half = "0000000000000000000000000000fe3f";
        assertThat(read(half.repeat(4), 16)).containsOnly(0.5);
        assertThat(read("0000000000000080fe3f000000000000".repeat(4), 16)).containsOnly(0.5);
        assertThat(read("0000000000000080fe3f000000000000", 16)).containsOnly(0.5);
        assertThat(read("00".repeat(16), 16)).containsOnly(0);
    }

    @Test
    void whatCouldBeOfEitherKindIsRefused() {
        // x87's 0.5, after which a double of 1 lay, or binary128's 1 and a bit
        assertThatThrownBy(() -> read("0000000000000080fe3f00000000f03f", 16))
                .isInstanceOf(RefusedFileException.class)
                .hasMessageContaining("save the encodings as float64");
        assertThatThrownBy(() -> read("ff".repeat(9) + "00".repeat(7), 16))
                .isInstanceOf(RefusedFileException.class);
    }

    @Test
    void aSingleNumberIsToldAmongOthers() throws Exception {
        Object[] items = {scalar("0000000000000080fe3f00000000f03f"), 7.0, null, null, null};
        for (int i = 2; i < items.length; i++) {
            items[i] = scalar("0000000000000080ff3f000000000000");
        }
        assertThat(PickleLongDouble.resolved(new Tuple(items)))
                .isInstanceOfSatisfying(
                        Tuple.class,
                        all -> assertThat(all.items()).containsExactly(0.5, 7.0, 1.0, 1.0, 1.0));
    }

    private static Scalar scalar(String hex) {
        return Scalar.of(data(hex));
    }

    @Test
    void whatIsNotFiniteStaysSo() throws Exception {
        assertThat(read("0000000000000080ff7f000000000000", 16)).containsOnly(1 / 0.0);
        assertThat(read("00000000000000c0ffff000000000000", 16)).containsOnly(Double.NaN);
        assertThat(read("0000000000000000000000000000ffff".repeat(4), 16)).containsOnly(-1 / 0.0);
    }

    /** IEEE 754 binary16: the ends of each range. */
    @Test
    void halves() {
        assertThat(PickleDtype.half((short) 0x3c00)).isEqualTo(1);
        assertThat(PickleDtype.half((short) 0xc000)).isEqualTo(-2);
        assertThat(PickleDtype.half((short) 0x7bff)).isEqualTo(65504);
        assertThat(PickleDtype.half((short) 0x0001)).isEqualTo(0x1p-24);
        assertThat(PickleDtype.half((short) 0x83ff)).isEqualTo(-1023 * 0x1p-24);
        assertThat(PickleDtype.half((short) 0x7c00)).isInfinite();
        assertThat(PickleDtype.half((short) 0x7e00)).isNaN();
        assertThat(PickleDtype.half((short) 0x8000)).isZero();
    }

    /** Doubles that were widened on arm64, in either byte order. */
    @Test
    void widenedDoublesComeBack() throws Exception {
        Random random = new Random(3);
        double[] values = random.doubles(128, -0.5, 0.5).toArray();
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            ByteBuffer data = ByteBuffer.allocate(16 * values.length).order(order);
            for (double value : values) {
                long bits = Double.doubleToRawLongBits(value);
                long exponent = (bits >>> 52 & 0x7ff) - 1023 + 16383;
                long fraction = bits & (1L << 52) - 1;
                long high = bits & Long.MIN_VALUE | exponent << 48 | fraction >>> 4;
                long low = fraction << 60;
                boolean little = order == ByteOrder.LITTLE_ENDIAN;
                data.putLong(little ? low : high).putLong(little ? high : low);
            }
            assertThat(read(data, 16)).containsExactly(values);
        }
    }

    private static double[] read(String hex, int bytes) throws RefusedFileException {
        return read(data(hex), bytes);
    }

    private static ByteBuffer data(String hex) {
        String digits = hex.replace(" ", "");
        ByteBuffer data = ByteBuffer.allocate(digits.length() / 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < data.limit(); i++) {
            data.put(i, (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16));
        }
        return data;
    }

    private static double[] read(ByteBuffer data, int bytes) throws RefusedFileException {
        Elements elements = PickleLongDouble.elements(data, bytes);
        double[] values = new double[data.limit() / bytes];
        for (int i = 0; i < values.length; i++) {
            values[i] = (Double) elements.at(i);
        }
        return values;
    }
}
