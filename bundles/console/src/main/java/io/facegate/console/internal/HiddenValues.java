// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of all configurations that are not shown as they are, and what stands for them. */
final class HiddenValues {
    private static final Pattern STRING =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9A-Fa-f]{4})|(.))");
    private static final Map<String, String> ESCAPED =
            Map.of("n", "\n", "r", "\r", "t", "\t", "b", "\b", "f", "\f");

    private final Map<String, String> shown = new HashMap<>();

    /** Adds those there are now. */
    void read(ConfigurationAdmin admin) throws IOException {
        for (Configuration one : Configurations.list(admin, null)) {
            Dictionary<String, Object> settings = one.getProperties();
            if (settings != null) {
                Collections.list(settings.elements()).forEach(this::add);
            }
        }
    }

    private void add(Object value) {
        for (String text : texts(value)) {
            HiddenParts parts = HiddenParts.of(text);
            if (parts.any()) {
                shown.put(text, parts.shown());
            }
        }
    }

    /** The texts of a setting, in their order. */
    static List<String> texts(Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof String[] texts) {
            return List.of(texts);
        }
        return value instanceof Collection<?> all
                ? all.stream().filter(String.class::isInstance).map(String.class::cast).toList()
                : List.of();
    }

    /** JSON in which what stands for them takes their places. */
    String hide(String json) {
        Matcher string = STRING.matcher(json);
        StringBuilder text = new StringBuilder(json.length());
        while (string.find()) {
            String instead = shown.get(plain(string.group(1)));
            string.appendReplacement(
                    text,
                    Matcher.quoteReplacement(
                            instead == null ? string.group() : Json.write(instead)));
        }
        return string.appendTail(text).toString();
    }

    private static String plain(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        return ESCAPE.matcher(escaped)
                .replaceAll(
                        escape ->
                                Matcher.quoteReplacement(
                                        escape.group(1) != null
                                                ? String.valueOf(
                                                        (char)
                                                                Integer.parseInt(
                                                                        escape.group(1), 16))
                                                : ESCAPED.getOrDefault(
                                                        escape.group(2), escape.group(2))));
    }
}
