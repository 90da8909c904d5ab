// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
final class TextLines {
    private TextLines() {}

    /** Lines of at most so many characters, broken at spaces where there are some. */
    static List<String> wrap(List<String> lines, int columns) {
        List<String> broken = new ArrayList<>();
        for (String line : lines) {
            StringBuilder current = new StringBuilder();
            for (String word : line.split(" ")) {
                String rest = word;
                while (!rest.isEmpty()) {
                    int space = current.length() == 0 ? 0 : 1;
                    if (current.length() + space + rest.length() <= columns) {
                        current.append(" ".repeat(space)).append(rest);
                        rest = "";
                    } else if (current.length() > 0) {
                        broken.add(current.toString());
                        current.setLength(0);
                    } else {
                        broken.add(rest.substring(0, columns));
                        rest = rest.substring(columns);
                    }
                }
            }
            broken.add(current.toString());
        }
        return broken;
    }

    static int longestWord(List<String> lines) {
        int longest = 0;
        for (String line : lines) {
            for (String word : line.split(" ")) {
                longest = Math.max(longest, word.length());
            }
        }
        return longest;
    }
}
