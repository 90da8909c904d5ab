// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files {@code *.config} of a data folder, as far as they can be understood.
 *
 * @param files each by its name, in the order of names
 */
public record ConfigurationFolder(Map<String, ConfigurationFile> files) {
    private static final String END = ".config";
    private static final Pattern SETTING =
            Pattern.compile(
                    "\\s*([\\w.-]+)\\s*[=:]\\s*(?:([A-Za-z]?)\"((?:[^\"\\\\]|\\\\.)*)\"|([^\"\\[(]*))\\s*");
    private static final Pattern LIST_START =
            Pattern.compile("\\s*([\\w.-]+)\\s*[=:]\\s*[A-Za-z]?[\\[(].*");
    private static final Pattern LIST_END = Pattern.compile(".*[\\])]\\s*");

    /**
     * One file.
     *
     * @param path where it is
     * @param lines its text
     * @param values by key, without quotes; of lists the text
     * @param strange the first line that cannot be understood, counted from 1; 0 for none
     * @param unreadable why it could not be read; empty when it could
     */
    public record ConfigurationFile(
            Path path,
            List<String> lines,
            Map<String, Value> values,
            int strange,
            String unreadable) {
        /** The persistent id it is for; that of the factory where there are several. */
        public String pid() {
            String name = path.getFileName().toString();
            String whole = name.substring(0, name.length() - END.length());
            int dash = whole.indexOf('-');
            return dash < 0 ? whole : whole.substring(0, dash);
        }

        /** The text of a setting; the other one when it is not there or empty. */
        public String value(String key, String otherwise) {
            Value value = values.get(key);
            return value == null || value.text().isEmpty() ? otherwise : value.text();
        }
    }

    /**
     * A setting.
     *
     * @param type letter of its type, in capitals; empty for text
     * @param text without quotes
     */
    public record Value(String type, String text) {}

    /** Reads a folder; what cannot be read is told by its files. */
    public static ConfigurationFolder read(Path folder) {
        Map<String, ConfigurationFile> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(path -> path.getFileName().toString().endsWith(END))
                    .forEach(path -> files.put(path.getFileName().toString(), file(path)));
        } catch (IOException | RuntimeException e) {
            return new ConfigurationFolder(files); // nothing is configured yet
        }
        return new ConfigurationFolder(files);
    }

    /** The file for a persistent id, when there is one. */
    public Optional<ConfigurationFile> of(String pid) {
        return Optional.ofNullable(files.get(pid + END));
    }

    /** A setting of a persistent id, or what it is without. */
    public String value(String pid, String key, String otherwise) {
        return of(pid).map(file -> file.value(key, otherwise)).orElse(otherwise);
    }

    private static ConfigurationFile file(Path path) {
        try {
            List<String> lines =
                    new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
            Map<String, Value> values = new LinkedHashMap<>();
            return new ConfigurationFile(path, lines, values, parse(lines, values), "");
        } catch (IOException | RuntimeException e) {
            return new ConfigurationFile(path, List.of(), Map.of(), 0, e.toString());
        }
    }

    private static int parse(List<String> lines, Map<String, Value> values) {
        String list = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!list.isEmpty()) {
                String key = list;
                values.computeIfPresent(key, (k, v) -> new Value("", v.text() + line.strip()));
                list = LIST_END.matcher(line).matches() ? "" : list;
            } else if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                Matcher setting = SETTING.matcher(line);
                Matcher start = LIST_START.matcher(line);
                if (setting.matches()) {
                    values.put(setting.group(1), value(setting));
                } else if (start.matches()) {
                    values.put(start.group(1), new Value("", line.substring(start.end(1)).strip()));
                    list = LIST_END.matcher(line).matches() ? "" : start.group(1);
                } else {
                    return i + 1;
                }
            }
        }
        return list.isEmpty() ? 0 : lines.size();
    }

    private static Value value(Matcher setting) {
        String quoted = setting.group(3);
        return quoted == null
                ? new Value("", setting.group(4).strip())
                : new Value(
                        setting.group(2).toUpperCase(Locale.ROOT),
                        quoted.replaceAll("\\\\(.)", "$1"));
    }
}
