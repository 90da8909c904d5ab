// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelInfo.Terms;
import io.facegate.api.model.ModelKind;

import org.osgi.framework.Version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a model bundle says of its model in a {@code facegate.model} capability. Anybody may write
 * one, so every attribute may be missing or of any type.
 *
 * @param info as far as it was declared properly; empty texts and {@link ModelKind#UNKNOWN}
 *     otherwise
 * @param method of detection, of a detector that says one; empty otherwise
 * @param version the same as in info; 0.0.0 when not declared properly
 * @param path of the model file in the bundle
 * @param problem what is wrong with the declaration; empty when nothing is
 */
record Declaration(ModelInfo info, String method, Version version, String path, String problem) {
    static final String NAMESPACE = "facegate.model";

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final Pattern FORMAT = Pattern.compile("[a-z0-9]+");
    private static final Pattern METHOD = Pattern.compile("[a-z0-9]+");
    private static final Pattern PATH = Pattern.compile("(?!/)(?!.*\\.\\.).+[^/]");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /**
     * Reads a capability.
     *
     * @param attributes of the capability
     * @param fallbackId the id to list it under when it declares none
     */
    static Declaration of(Map<String, Object> attributes, String fallbackId) {
        var reader = new Reader(attributes, new ArrayList<>());
        String id = reader.text("model", ID, "a name such as dlib-resnet-v1");
        ModelKind kind = reader.kind();
        String format = reader.text("format", FORMAT, "a name such as dlib");
        String path = reader.text("path", PATH, "a path in the bundle");
        String sha256 = reader.hash("sha256");
        String weights = reader.hash("weights");
        Version version = reader.version();
        String method = kind == ModelKind.DETECTOR ? reader.method() : "";
        EncoderTraits encoder =
                kind == ModelKind.ENCODER
                        ? new DeclaredEncoder(attributes, reader.problems).traits()
                        : EncoderTraits.DLIB;
        var info =
                new ModelInfo(
                        id.isEmpty() ? fallbackId : id,
                        kind,
                        format,
                        version.toString(),
                        sha256,
                        weights,
                        encoder,
                        reader.terms());
        return new Declaration(info, method, version, path, String.join("; ", reader.problems));
    }

    /** Service ranking: a higher version wins. */
    int ranking() {
        return Math.min(version.getMajor(), 2000) * 1_000_000
                + Math.min(version.getMinor(), 999) * 1000
                + Math.min(version.getMicro(), 999);
    }

    private record Reader(Map<String, Object> attributes, List<String> problems) {
        Optional<Object> attribute(String name) {
            Optional<Object> value = Optional.ofNullable(attributes.get(name));
            if (value.isEmpty()) {
                problems.add("its capability has no attribute " + name);
            }
            return value;
        }

        String text(String name, Pattern pattern, String expected) {
            return attribute(name).map(value -> text(name, value, pattern, expected)).orElse("");
        }

        private String text(String name, Object value, Pattern pattern, String expected) {
            if (value instanceof String text && pattern.matcher(text).matches()) {
                return text;
            }
            return refuse(name, value, expected, "");
        }

        String method() {
            return Optional.ofNullable(attributes.get("method"))
                    .map(value -> text("method", value, METHOD, "a name such as yunet"))
                    .orElse("");
        }

        /** What is said for people: nothing is refused for it. */
        Terms terms() {
            return new Terms(
                    attributes.get("licence") instanceof String licence ? licence : "",
                    attributes.get("memory") instanceof Long memory ? Math.max(0, memory) : 0);
        }

        String hash(String name) {
            return lower(text(name, SHA256, "64 hex digits"));
        }

        ModelKind kind() {
            return attribute("kind").map(this::kind).orElse(ModelKind.UNKNOWN);
        }

        private ModelKind kind(Object value) {
            for (ModelKind kind : ModelKind.values()) {
                if (kind != ModelKind.UNKNOWN && lower(kind.name()).equals(value)) {
                    return kind;
                }
            }
            return refuse("kind", value, "detector, landmarks or encoder", ModelKind.UNKNOWN);
        }

        Version version() {
            return attribute("version").map(this::version).orElse(Version.emptyVersion);
        }

        private Version version(Object value) {
            if (value instanceof Version version) {
                return version;
            }
            try {
                return Version.valueOf((String) value);
            } catch (ClassCastException | IllegalArgumentException e) {
                return refuse("version", value, "a version such as 1.0.0", Version.emptyVersion);
            }
        }

        private <T> T refuse(String name, Object value, String expected, T instead) {
            problems.add(
                    "its attribute "
                            + name
                            + " is "
                            + (value instanceof String ? "\"" + value + "\"" : value)
                            + ", not "
                            + expected);
            return instead;
        }

        private static String lower(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    }
}
