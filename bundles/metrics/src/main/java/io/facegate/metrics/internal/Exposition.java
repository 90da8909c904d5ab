// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Writes Prometheus' text format 0.0.4 (prometheus.io, "Exposition formats"), which every version
 * of Prometheus since 0.4 and every agent for it reads. One family after the other; a series said
 * twice is left out, as one of them would make Prometheus refuse the whole answer. For one thread.
 */
final class Exposition {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Kinds of families used here. */
    enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    private final StringBuilder text = new StringBuilder(16_384);
    private final Set<String> names = new HashSet<>();
    private Family open;

    /** Only rises, until the part restarts; the name ends in {@code _total}. */
    Family counter(String name, String help) {
        return family(name, Type.COUNTER, help);
    }

    /** Rises and falls. */
    Family gauge(String name, String help) {
        return family(name, Type.GAUGE, help);
    }

    /** Counts values below bounds. */
    Family histogram(String name, String help) {
        return family(name, Type.HISTOGRAM, help);
    }

    private Family family(String name, Type type, String help) {
        if (!names.add(name)) {
            throw new IllegalStateException(name + " was written already");
        }
        open = new Family(name, type, help);
        return open;
    }

    /** All families, each line ended. */
    String text() {
        return text.toString();
    }

    /** All samples of one name; nothing is written of a family without. */
    final class Family {
        private final String name;
        private final Type type;
        private final String help;
        private final Set<String> series = new HashSet<>();

        private Family(String name, Type type, String help) {
            this.name = name;
            this.type = type;
            this.help = help;
        }

        /**
         * A sample.
         *
         * @param labels name, value, name, value, …; a label with an empty value is left out, which
         *     means the same
         */
        Family add(double value, String... labels) {
            return sample("", value, labels(labels));
        }

        /**
         * A histogram.
         *
         * @param bounds upper bounds, rising
         * @param counts for each bound the values since the bound before; one more for the rest
         */
        Family add(double[] bounds, long[] counts, double sum, String... labels) {
            String others = labels(labels);
            String comma = others.isEmpty() ? "" : ",";
            if (!series.contains("_sum{" + others)) {
                long below = 0;
                for (int i = 0; i <= bounds.length; i++) {
                    below += counts[i];
                    String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
                    sample("_bucket", below, others + comma + "le=\"" + bound + "\"");
                }
                sample("_sum", sum, others);
                sample("_count", below, others);
            }
            return this;
        }

        private Family sample(String suffix, double value, String labels) {
            if (open != this) {
                throw new IllegalStateException(name + " is not the family being written");
            }
            if (series.isEmpty()) {
                head();
            }
            if (series.add(suffix + "{" + labels)) {
                text.append(name).append(suffix);
                if (!labels.isEmpty()) {
                    text.append('{').append(labels).append('}');
                }
                text.append(' ').append(number(value)).append('\n');
            }
            return this;
        }

        private void head() {
            String escaped = help.replace("\\", "\\\\").replace("\n", "\\n");
            text.append("# HELP ").append(name).append(' ').append(escaped).append('\n');
            String kind = type.name().toLowerCase(Locale.ROOT);
            text.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
        }
    }

    private static String labels(String... labels) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].isEmpty()) {
                all.append(all.isEmpty() ? "" : ",");
                all.append(labels[i]).append("=\"").append(escaped(labels[i + 1])).append('"');
            }
        }
        return all.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
