// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.internal;

import io.facegate.configuration.file.ConfigText;
import io.facegate.configuration.file.ConfigValue;

import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings on their way between a file and the framework. */
final class Settings {
    /** The framework's and File Install's own, which no file has. */
    static final String FILE = "felix.fileinstall.filename";

    private static final Set<String> OWN =
            Set.of(
                    FILE,
                    "service.pid",
                    "service.factoryPid",
                    "service.bundleLocation",
                    "felix.fileinstall.source.url",
                    ":org.apache.felix.configadmin.revision:");
    private static final Pattern NAME = Pattern.compile("\\$\\{([^}]*)}");

    private final UnaryOperator<String> properties;

    /**
     * @param properties of the framework, by their names; null for what is not there
     */
    Settings(UnaryOperator<String> properties) {
        this.properties = properties;
    }

    /** What a file says, with {@code ${env:NAME}} and {@code ${property}} put in. */
    Map<String, Object> of(ConfigText text) {
        Map<String, Object> values = new TreeMap<>();
        text.values().forEach((key, value) -> values.put(key, resolved(value)));
        values.keySet().removeAll(OWN);
        return values;
    }

    private Object resolved(Object value) {
        if (value instanceof String one) {
            return resolved(one);
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(this::resolved).toList();
        }
        if (value instanceof String[] all) {
            return List.of(all).stream().map(this::resolved).toArray(String[]::new);
        }
        return value;
    }

    private String resolved(String text) {
        Matcher name = NAME.matcher(text);
        return name.replaceAll(
                found -> {
                    String key = found.group(1);
                    String put =
                            key.startsWith("env:")
                                    ? System.getenv(key.substring("env:".length()))
                                    : properties.apply(key);
                    return Matcher.quoteReplacement(put == null ? found.group() : put);
                });
    }

    /** Those of a configuration that belong into a file. */
    static Map<String, Object> of(Dictionary<String, Object> configured) {
        Map<String, Object> values = new TreeMap<>();
        for (String key : Collections.list(configured.keys())) {
            if (!OWN.contains(key)) {
                values.put(key, configured.get(key));
            }
        }
        return values;
    }

    /**
     * What a file is to say: what it says already and is still so, and what is not the default.
     *
     * @param text what the file says now
     * @param wanted what is to be in force
     * @param defaults by key
     */
    Map<String, Object> said(
            ConfigText text, Map<String, Object> wanted, Map<String, List<String>> defaults) {
        Map<String, Object> raw = text.values();
        Map<String, Object> inForce = of(text);
        Map<String, Object> said = new TreeMap<>();
        wanted.forEach(
                (key, value) -> {
                    if (inForce.containsKey(key) && ConfigValue.same(inForce.get(key), value)) {
                        said.put(key, raw.get(key));
                    } else if (!Defaults.is(value, defaults.get(key))) {
                        said.put(key, value);
                    }
                });
        return said;
    }

    static Dictionary<String, Object> dictionary(Map<String, Object> values, String file) {
        Dictionary<String, Object> all = new Hashtable<>(values);
        all.put(FILE, file);
        return all;
    }

    /** What one of several would be called by its own settings: its id or name; or nothing. */
    static String name(Map<String, Object> values) {
        for (String end : List.of("id", "name")) {
            for (Map.Entry<String, Object> one : values.entrySet()) {
                boolean named = one.getKey().equals(end) || one.getKey().endsWith("." + end);
                if (named && !one.getValue().getClass().isArray()) {
                    return one.getValue().toString();
                }
            }
        }
        return "";
    }
}
