// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tolerances in a File Install configuration of the pipeline. */
final class PipelineFile {
    /** One line: a letter for the type, the value in quotes. */
    private static final Pattern LINE =
            Pattern.compile(
                    "\\s*(tolerances?)\\s*[=:]\\s*([A-Za-z]?)\\s*\"?([^\"]*?)\"?\\s*\\\\?\\s*");

    private PipelineFile() {}

    /** Of several of a name, the last counts. */
    static Map<String, Object> read(Path file) throws IOException {
        Map<String, Object> found = new HashMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                // File Install has = escaped in a text
                found.put(matcher.group(1), value(matcher));
            }
        }
        return found;
    }

    /** As File Install reads it: without a point, a number of type D or F is given by its bits. */
    private static Object value(Matcher line) {
        String type = line.group(2).toUpperCase(Locale.ROOT);
        String text = line.group(3);
        if (!type.equals("D") && !type.equals("F")) {
            return text.replace("\\=", "=");
        }
        if (text.contains(".")) {
            return text;
        }
        try {
            return type.equals("D")
                    ? (Object) Double.longBitsToDouble(Long.parseLong(text))
                    : (Object) Float.intBitsToFloat(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return type + '"' + text + '"';
        }
    }
}
