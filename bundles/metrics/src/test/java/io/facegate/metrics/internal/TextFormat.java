// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format 0.0.4 as strictly as its specification (prometheus.io, "Exposition
 * formats") and the naming rules of its linter are, so that what passes here is read by Prometheus.
 */
final class TextFormat {
    private static final Pattern HEAD =
            Pattern.compile("# (HELP|TYPE) ([a-z][a-z0-9_]*) ([^\\n]+)");
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "([a-z][a-z0-9_]*)(?:\\{(.*)})? (\\+Inf|-Inf|NaN|-?[0-9.]+(?:E-?[0-9]+)?)");
    private static final Pattern LABEL =
            Pattern.compile("([a-z_][a-z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(?:,|$)");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, String> helps = new LinkedHashMap<>();
    private String family = "";

    private TextFormat(String text) {
        assertThat(text).endsWith("\n").doesNotContain("\n\n").doesNotContain("\r");
        text.lines().forEach(line -> read(line));
        checkHistograms();
    }

    static TextFormat parse(String text) {
        return new TextFormat(text);
    }

    /** By {@code name{label="value",…}}, labels in the order of their names, values unescaped. */
    Map<String, Double> samples() {
        return samples;
    }

    double value(String series) {
        assertThat(samples).containsKey(series);
        return samples.get(series);
    }

    String type(String name) {
        return types.get(name);
    }

    private void read(String line) {
        if (line.startsWith("#")) {
            Matcher head = HEAD.matcher(line);
            assertThat(head.matches()).as(line).isTrue();
            Map<String, String> known = head.group(1).equals("HELP") ? helps : types;
            assertThat(known.put(head.group(2), head.group(3))).as("twice: " + line).isNull();
            family = head.group(2);
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        checkName(sample.group(1));
        String series = sample.group(1) + labels(sample.group(2), line);
        double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
        assertThat(samples.put(series, value)).as("twice: " + line).isNull();
    }

    /** All lines of a family stand together, below its head. */
    private void checkName(String name) {
        String type = types.get(family);
        assertThat(type).as(family).isIn("counter", "gauge", "histogram");
        assertThat(helps).containsKey(family);
        if (type.equals("histogram")) {
            assertThat(name).isIn(family + "_bucket", family + "_sum", family + "_count");
        } else {
            assertThat(name).isEqualTo(family);
            assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter"));
        }
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        int end = 0;
        while (label.find() && label.start() == end && end < label.end()) {
            String value =
                    label.group(2).replaceAll("\\\\n", "\n").replaceAll("\\\\([\\\\\"])", "$1");
            assertThat(labels.put(label.group(1), value)).as(line).isNull();
            end = label.end();
        }
        assertThat(end).as(line).isEqualTo(text == null ? 0 : text.length());
        return labels;
    }

    /** Buckets rise, and the last holds everything. */
    private void checkHistograms() {
        Map<String, Double> last = new LinkedHashMap<>();
        samples.forEach(
                (series, value) -> {
                    if (series.contains("_bucket{")) {
                        String whole =
                                series.replaceFirst("\\ble=[^,}]*(, )?", "")
                                        .replace(", }", "}")
                                        .replaceFirst("_bucket", "_count");
                        assertThat(value)
                                .as(series)
                                .isGreaterThanOrEqualTo(last.getOrDefault(whole, 0.0));
                        last.put(whole, value);
                    }
                });
        last.forEach((count, value) -> assertThat(value(count)).as(count).isEqualTo(value));
    }
}
