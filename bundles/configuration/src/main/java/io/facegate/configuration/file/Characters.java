// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.file;

import java.util.Arrays;

/**
 * The characters of a file with the escapes of Java's properties resolved: {@code \\}, {@code \n},
 * {@code \}{@code u00e4} and a line that goes on behind a backslash. {@code \"} and the like stay
 * as they are for the second look, that of the value in quotes. File Install reads its files in
 * these two steps, so that a backslash of a value is four in the file.
 */
final class Characters {
    /** Before this one nothing but a line's end; a real one, not {@code \n}. */
    static final int LINE_END = -2;

    static final int END = -1;

    private int[] all = new int[256];
    private int[] offsets = new int[257];
    private int count;

    Characters(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at++; // with the one that follows
            } else if (c == '\n' || c == '\r') {
                add(LINE_END, at++);
            } else if (c == '\\' && at + 1 < text.length()) {
                at = escaped(text, at);
            } else {
                add(c, at++);
            }
        }
        offsets[count] = text.length();
    }

    private int escaped(String text, int at) {
        char next = text.charAt(at + 1);
        switch (next) {
            case '\\' -> add('\\', at);
            case 'n' -> add('\n', at);
            case 't' -> add('\t', at);
            case 'r' -> add('\r', at);
            case 'f' -> add('\f', at);
            case '\n' -> {
                return afterSpaces(text, at + 2);
            }
            case '\r' -> {
                boolean two = at + 2 < text.length() && text.charAt(at + 2) == '\n';
                return afterSpaces(text, at + (two ? 3 : 2));
            }
            case 'u' -> {
                if (text.substring(at + 2).matches("(?s)[0-9A-Fa-f]{4}.*")) {
                    add(Integer.parseInt(text.substring(at + 2, at + 6), 16), at);
                    return at + 6;
                }
                add('\\', at);
                add(next, at + 1);
            }
            default -> {
                add('\\', at);
                add(next, at + 1);
            }
        }
        return at + 2;
    }

    private static int afterSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private void add(int c, int offset) {
        if (count == all.length) {
            all = Arrays.copyOf(all, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count + 1);
        }
        all[count] = c;
        offsets[count++] = offset;
    }

    /** A character, {@link #LINE_END} or {@link #END}. */
    int at(int index) {
        return index < count ? all[index] : END;
    }

    /** Where a character begins in the text. */
    int offset(int index) {
        return offsets[Math.min(index, count)];
    }
}
