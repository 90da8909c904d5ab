// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import io.facegate.api.recognition.RecognitionOptions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The largest distance at which faces are of one person.
 *
 * @param value above 0, at most 2
 * @param source who chose it
 * @param reason the same for people, to be put in brackets behind the value
 */
public record Tolerance(double value, Source source, String reason) {
    /** Who chose it. */
    public enum Source {
        /** Given with the command. */
        OPTION,
        /** What the gateway recognises with. */
        CONFIGURATION,
        /** Nobody. */
        DEFAULT;

        /** As it is called in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where the gateway is told. */
    public static final String PID = "io.facegate.pipeline";

    /** Nobody chose one. */
    public static final Tolerance DEFAULT = byDefault("the default");

    /** One line of a File Install configuration: a letter for the type, the value in quotes. */
    private static final Pattern LINE =
            Pattern.compile("\\s*tolerance\\s*[=:]\\s*([A-Za-z]?)\\s*\"?([^\"]*?)\"?\\s*\\\\?\\s*");

    /** Given with the command. */
    static Tolerance option(double value) {
        return new Tolerance(value, Source.OPTION, "--tolerance");
    }

    /** Of a configuration; what the gateway does not take is the default here, too. */
    public static Tolerance configured(Object value) {
        try {
            double number = Double.parseDouble(String.valueOf(value).strip());
            if (isValid(number)) {
                return new Tolerance(
                        number, Source.CONFIGURATION, "as the gateway: configuration " + PID);
            }
        } catch (NumberFormatException e) {
            // told below, as a number that is out of range is
        }
        return byDefault(
                "the default, as tolerance in the configuration "
                        + PID
                        + " is above 0, at most 2, not "
                        + value);
    }

    /**
     * What the gateway with a data folder is configured with: for a process in which File Install
     * does not read configurations.
     */
    public static Tolerance of(Path data) {
        Path file = data.resolve("conf").resolve(PID + ".config");
        if (!Files.exists(file)) {
            return DEFAULT;
        }
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            // of several, the last counts
            return lines.stream()
                    .map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(Tolerance::value)
                    .reduce((first, second) -> second)
                    .map(Tolerance::configured)
                    .orElse(DEFAULT);
        } catch (IOException e) {
            return byDefault("the default, as " + file + " cannot be read");
        }
    }

    /** As File Install reads it: without a point, a number of type D or F is given by its bits. */
    private static Object value(Matcher line) {
        String type = line.group(1).toUpperCase(Locale.ROOT);
        String text = line.group(2);
        if (text.contains(".") || !(type.equals("D") || type.equals("F"))) {
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

    private static Tolerance byDefault(String reason) {
        return new Tolerance(RecognitionOptions.PICTURE.tolerance(), Source.DEFAULT, reason);
    }

    static boolean isValid(double value) {
        return value > 0 && value <= 2;
    }

    /** Whether somebody who gave none may wonder: another than the default, or a refused one. */
    public boolean isUnexpected() {
        return source != Source.OPTION
                && !equals(DEFAULT)
                && !(source == Source.CONFIGURATION && value == DEFAULT.value);
    }

    /** The value, and where it is from. */
    @Override
    public String toString() {
        return value + " (" + reason + ")";
    }
}
