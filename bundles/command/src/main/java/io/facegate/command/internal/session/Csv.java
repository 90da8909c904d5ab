// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as in RFC 4180: quoted only where needed. */
public final class Csv {
    private Csv() {}

    /** A line without its end. */
    public static String line(List<String> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(","));
    }

    private static String field(String text) {
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
