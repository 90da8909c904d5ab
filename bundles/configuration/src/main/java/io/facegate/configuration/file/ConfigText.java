// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a file of configuration: what it says, and the same with something changed. */
public final class ConfigText {
    private static final Pattern IN_QUOTES =
            Pattern.compile("(?m)^\\s*[^#!\\s=:][^=:\\n]*[=:]\\s*[A-Za-z]?[\"\\[(]");

    private static final Pattern LINE = Pattern.compile("([^\\n]*)\\n?");
    private static final Pattern PLAIN = Pattern.compile("\\s*([\\w.-]+)\\s*[=:]\\s*([^\"\\[(]*)");

    private final String text;
    private final List<ConfigEntry> entries;
    private final boolean plain;

    private ConfigText(String text, List<ConfigEntry> entries, boolean plain) {
        this.text = text;
        this.entries = entries;
        this.plain = plain;
    }

    /** A text that says nothing yet. */
    public static ConfigText empty() {
        return new ConfigText("", List.of(), false);
    }

    /**
     * Reads a text.
     *
     * @throws ConfigSyntaxException what is wrong in which line
     */
    public static ConfigText parse(String text) throws ConfigSyntaxException {
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw new ConfigSyntaxException(
                    1,
                    (text.isBlank() ? "the file is empty" : "the file is damaged")
                            + ": remove it if nothing is to be configured, a comment alone (# …)"
                            + " stands for the defaults");
        }
        boolean plain = !IN_QUOTES.matcher(text).find();
        return new ConfigText(text, plain ? plain(text) : new ConfigReader(text).all(), plain);
    }

    /** As properties have it: no value of the file is in quotes, all are texts. */
    private static List<ConfigEntry> plain(String text) throws ConfigSyntaxException {
        List<ConfigEntry> entries = new ArrayList<>();
        Matcher setting = PLAIN.matcher(text);
        Matcher line = LINE.matcher(text);
        for (int number = 1; line.find() && line.start() < text.length(); number++) {
            if (setting.region(line.start(), line.end(1)).matches()) {
                String value = setting.group(2).strip();
                int start = setting.start(2);
                entries.add(
                        new ConfigEntry(
                                setting.group(1),
                                value,
                                line.start(),
                                line.end(),
                                start,
                                setting.end(2)));
            } else if (!line.group(1).isBlank() && !line.group(1).strip().matches("[#!].*")) {
                throw new ConfigSyntaxException(
                        number,
                        "the line is no setting: write key=\"text\", or # before a comment");
            }
        }
        return entries;
    }

    /** What it says, by key; of a key that is there twice the last. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        entries.forEach(entry -> values.put(entry.key(), entry.value()));
        return values;
    }

    /**
     * The same text with other values: lines of values that are the same stay as they are, those of
     * keys that are not there any more go, new ones come last.
     */
    public String with(Map<String, Object> wanted) {
        if (plain && ConfigValue.sameAll(values(), wanted)) {
            return text;
        }
        StringBuilder changed = new StringBuilder();
        Map<String, Object> missing = new TreeMap<>(wanted);
        int from = 0;
        for (ConfigEntry entry : entries) {
            Object value = wanted.get(entry.key());
            changed.append(text, from, entry.start());
            if (value != null) {
                changed.append(
                        !plain && ConfigValue.same(value, entry.value())
                                ? text.substring(entry.start(), entry.end())
                                : text.substring(entry.start(), entry.valueStart())
                                        + ConfigValue.written(value)
                                        + text.substring(entry.valueEnd(), entry.end()));
                missing.remove(entry.key());
            }
            from = entry.end();
        }
        changed.append(text, from, text.length());
        if (!missing.isEmpty()
                && !changed.isEmpty()
                && changed.charAt(changed.length() - 1) != '\n') {
            changed.append('\n');
        }
        missing.forEach(
                (key, value) ->
                        changed.append(key)
                                .append('=')
                                .append(ConfigValue.written(value))
                                .append('\n'));
        return changed.toString();
    }
}
