// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What lines went and came between two texts, passwords not shown. */
final class LineChanges {
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i)^(\\s*(?:\\.[\\w.-]*|[\\w.-]*(?:passw|secret|token)[\\w.-]*)\\s*[=:]).*");
    private static final Pattern LOGIN = Pattern.compile("(\\w://)[^\\s\"'/]*@");

    private LineChanges() {}

    /** Each behind {@code -} or {@code +}, those that stay behind a space. */
    static List<String> between(String from, String to) {
        List<String> a = from.lines().toList();
        List<String> b = to.lines().toList();
        int[][] common = common(a, b);
        List<String> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                changes.add("  " + shown(a.get(i++)));
                j++;
            } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
                changes.add("- " + shown(a.get(i++)));
            } else {
                changes.add("+ " + shown(b.get(j++)));
            }
        }
        return changes;
    }

    /** How many lines of the rest of both are the same, in their order. */
    private static int[][] common(List<String> a, List<String> b) {
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] =
                        a.get(i).equals(b.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static String shown(String line) {
        return LOGIN.matcher(SECRET.matcher(line).replaceFirst("$1\"***\"")).replaceAll("$1***@");
    }
}
