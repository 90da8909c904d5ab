// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text and bytes as pickles spell them: UTF-8, and the escapes of protocol 0. */
final class PickleText {
    private PickleText() {}

    static String utf8(byte[] bytes) throws RefusedFileException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new RefusedFileException("text that is not UTF-8");
        }
    }

    /** Python's raw-unicode-escape: Latin-1 with \\uXXXX and \\UXXXXXXXX. */
    static String rawUnicode(byte[] line) throws RefusedFileException {
        StringBuilder text = new StringBuilder(line.length);
        for (int i = 0; i < line.length; i++) {
            int digits =
                    line[i] == '\\' && i + 1 < line.length
                            ? line[i + 1] == 'u' ? 4 : line[i + 1] == 'U' ? 8 : 0
                            : 0;
            if (digits == 0) {
                text.append((char) (line[i] & 0xff));
                continue;
            }
            long code = hex(line, i + 2, digits);
            if (code > Character.MAX_CODE_POINT) {
                throw new RefusedFileException("a character beyond Unicode");
            }
            text.appendCodePoint((int) code);
            i += 1 + digits;
        }
        return text.toString();
    }

    /** A quoted string of Python 2 with its escapes. */
    static byte[] quoted(byte[] line) throws RefusedFileException {
        int end = line.length - 1;
        if (end < 1 || line[0] != line[end] || line[0] != '\'' && line[0] != '"') {
            throw new RefusedFileException("a string without its quotes");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(line.length);
        for (int i = 1; i < end; i++) {
            if (line[i] != '\\') {
                bytes.write(line[i]);
                continue;
            }
            if (++i == end) {
                throw new RefusedFileException("a string that ends in an escape");
            }
            switch (line[i]) {
                case 'n' -> bytes.write('\n');
                case 'r' -> bytes.write('\r');
                case 't' -> bytes.write('\t');
                case '\\', '\'', '"' -> bytes.write(line[i]);
                case 'x' -> {
                    bytes.write((int) hex(line, i + 1, 2));
                    i += 2;
                }
                default ->
                        throw new RefusedFileException(
                                "the escape \\" + RefusedFileException.shown("" + (char) line[i]));
            }
        }
        return bytes.toByteArray();
    }

    /** A float as Python writes one. */
    static double decimal(String word) throws RefusedFileException {
        if (word.matches("[+-]?(inf|nan)")) {
            return word.endsWith("nan")
                    ? Double.NaN
                    : word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (!word.matches("[+-]?[0-9.]{1,400}([eE][+-]?[0-9]{1,5})?")) {
            throw new RefusedFileException(
                    "'" + RefusedFileException.shown(word) + "' as a number");
        }
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new RefusedFileException(
                    "'" + RefusedFileException.shown(word) + "' as a number");
        }
    }

    private static long hex(byte[] line, int from, int digits) throws RefusedFileException {
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < line.length ? Character.digit(line[i], 16) : -1;
            if (digit < 0) {
                throw new RefusedFileException("an escape that is cut short");
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
