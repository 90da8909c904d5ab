// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import io.facegate.api.camera.SecretParameters;
import io.facegate.command.internal.doctor.ConfigurationFolder.ConfigurationFile;
import io.facegate.command.internal.doctor.ConfigurationFolder.Value;
import io.facegate.command.internal.doctor.Metatype.Attribute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out of texts what is nobody else's business: passwords, tokens, logins in URLs, and names
 * of people unless they are wanted. Rather too much than too little.
 */
final class Redaction {
    static final String HIDDEN = "***";

    private static final int SHORTEST = 3;
    private static final Pattern LOGIN = Pattern.compile("(\\w://)[^\\s\"']*@");
    private static final Pattern URL = Pattern.compile("\\w://[^\\s\"']+");
    private static final Pattern WORD =
            Pattern.compile(
                    "(?i)(authorization|passw(?:or)?d|passphrase|token|secret)"
                            + "([\"']?\\s*[:=]\\s*[\"']?)([^\\s\"',;]+)");
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i)\\b(bearer|basic|digest)(\\s+)([A-Za-z0-9+/=._-]{8,})");

    /** A line of the running gateway that says whom it sees. */
    private static final Pattern EVENT =
            Pattern.compile(
                    "\\b\\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\S+ +[a-z]+ +.*\\[-?\\d+,-?\\d+,-?\\d+,-?\\d+\\].*");

    private final List<String> secrets;
    private final List<Pattern> names;
    private final boolean withNames;

    /**
     * @param secrets hidden wherever they stand
     * @param names of people, hidden wherever they stand unless they are wanted
     */
    Redaction(Set<String> secrets, Set<String> names, boolean withNames) {
        this.secrets = longestFirst(secrets).stream().filter(s -> s.length() >= SHORTEST).toList();
        this.names =
                withNames ? List.of() : longestFirst(names).stream().map(Redaction::word).toList();
        this.withNames = withNames;
    }

    private static List<String> longestFirst(Set<String> texts) {
        return texts.stream()
                .filter(text -> !text.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** A name where it is not a part of another word. */
    private static Pattern word(String name) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** The values in files of configuration that are secrets. */
    static Set<String> secrets(ConfigurationFolder folder, Metatype metatype) {
        Set<String> secrets = new HashSet<>();
        for (ConfigurationFile file : folder.files().values()) {
            Map<String, Attribute> known = metatype.attributes().getOrDefault(file.pid(), Map.of());
            file.values()
                    .forEach(
                            (key, value) -> {
                                if (isSecret(key, known)) {
                                    secrets.add(value.text());
                                }
                                login(value).ifPresent(secrets::add);
                            });
        }
        return secrets;
    }

    private static Optional<String> login(Value value) {
        Matcher login = Pattern.compile("://[^\\s\"']*?:([^\\s\"']+)@").matcher(value.text());
        return login.find() ? Optional.of(login.group(1)) : Optional.empty();
    }

    /** By its type, by the dot of what stays private, by its name. */
    private static boolean isSecret(String key, Map<String, Attribute> known) {
        Attribute attribute = known.get(key);
        return attribute != null && attribute.isPassword()
                || key.startsWith(".")
                || SecretParameters.firstValue(key.replace('.', '-') + "=", 0).isPresent()
                        && !key.equals("key.file");
    }

    /** A file of configuration without its secrets. */
    String configuration(ConfigurationFile file, Metatype metatype) {
        Map<String, Attribute> known = metatype.attributes().getOrDefault(file.pid(), Map.of());
        List<String> lines = new ArrayList<>();
        boolean hiding = false;
        for (String line : file.lines()) {
            Matcher setting = Pattern.compile("\\s*([\\w.-]+)\\s*[=:](.*)").matcher(line);
            if (setting.matches()) {
                hiding = isSecret(setting.group(1), known);
                boolean parameter = SecretParameters.firstValue(setting.group(2), 0).isPresent();
                lines.add(
                        hiding || parameter ? setting.group(1) + "=\"" + HIDDEN + '"' : text(line));
            } else if (!hiding) {
                boolean parameter = SecretParameters.firstValue(line, 0).isPresent();
                lines.add(parameter ? "  \"" + HIDDEN + '"' : text(line));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** Any text, line by line. */
    String text(String text) {
        return text.lines().map(this::line).collect(Collectors.joining("\n"));
    }

    private String line(String line) {
        if (!withNames && EVENT.matcher(line).find()) {
            return EVENT.matcher(line).replaceFirst("(somebody was seen)");
        }
        String clean = line;
        for (String secret : secrets) {
            clean = clean.replace(secret, HIDDEN);
        }
        for (Pattern name : names) {
            clean = name.matcher(clean).replaceAll("(a person)");
        }
        clean = LOGIN.matcher(clean).replaceAll("$1" + HIDDEN + "@");
        clean =
                URL.matcher(clean)
                        .replaceAll(url -> Matcher.quoteReplacement(parameters(url.group())));
        clean = CREDENTIAL.matcher(clean).replaceAll("$1$2" + HIDDEN);
        return WORD.matcher(clean).replaceAll("$1$2" + HIDDEN);
    }

    private static String parameters(String url) {
        OptionalInt value = SecretParameters.firstValue(url, 0);
        return value.isPresent() ? url.substring(0, value.getAsInt()) + HIDDEN : url;
    }
}
