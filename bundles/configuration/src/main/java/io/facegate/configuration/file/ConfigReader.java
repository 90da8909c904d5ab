// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.file;

import java.util.ArrayList;
import java.util.List;

/** Reads the settings of a text one by one; what it does not understand it names by its line. */
final class ConfigReader {
    private static final String TYPES = "TILFDXSCBtilfdxscb";

    private final String text;
    private final Characters characters;
    private int at;

    ConfigReader(String text) {
        this.text = text;
        characters = new Characters(text);
    }

    /** All settings, in their order. */
    List<ConfigEntry> all() throws ConfigSyntaxException {
        List<ConfigEntry> all = new ArrayList<>();
        while (skipToSetting()) {
            all.add(setting());
        }
        return all;
    }

    /** Passes over empty lines and comments. */
    private boolean skipToSetting() {
        while (true) {
            skipSpaces();
            switch (characters.at(at)) {
                case Characters.END -> {
                    return false;
                }
                case Characters.LINE_END -> at++;
                case '#', '!' -> {
                    // a backslash does not continue a comment
                    int end = text.indexOf('\n', characters.offset(at));
                    while (characters.at(at) != Characters.END
                            && (end < 0 || characters.offset(at) <= end)) {
                        at++;
                    }
                }
                default -> {
                    return true;
                }
            }
        }
    }

    private ConfigEntry setting() throws ConfigSyntaxException {
        int start = characters.offset(at);
        int from = text.lastIndexOf('\n', start - 1) + 1;
        String key = key();
        skipSpaces();
        if (characters.at(at) == '=' || characters.at(at) == ':') {
            at++;
        }
        skipSpaces();
        int value = characters.offset(at);
        char type = 'T';
        int next = characters.at(at + 1);
        if (TYPES.indexOf(characters.at(at)) >= 0 && (next == '"' || next == '[' || next == '(')) {
            type = (char) characters.at(at++);
        }
        Object read =
                switch (characters.at(at)) {
                    case '"' -> ConfigValue.read(type, quoted(key), key, line(start));
                    case '[' -> ConfigValue.array(type, list(key, ']'), key, line(start));
                    case '(' -> ConfigValue.list(type, list(key, ')'), key, line(start));
                    default -> throw noValue(key, start);
                };
        int end = characters.offset(at);
        skipSpaces();
        if (characters.at(at) != Characters.LINE_END && characters.at(at) != Characters.END) {
            throw new ConfigSyntaxException(
                    line(characters.offset(at)),
                    "something follows the end of "
                            + key
                            + ": a quote within the text needs a backslash before it, and a comment"
                            + " a line of its own");
        }
        int lineEnd = text.indexOf('\n', end);
        return new ConfigEntry(
                key, read, from, lineEnd < 0 ? text.length() : lineEnd + 1, value, end);
    }

    private ConfigSyntaxException noValue(String key, int start) {
        return new ConfigSyntaxException(
                line(start),
                key
                        + " has no value in quotes: write "
                        + key
                        + "=\"text\", or I\"1\" (whole number), D\"10.0\" (with its point),"
                        + " B\"true\"");
    }

    private String key() {
        StringBuilder key = new StringBuilder();
        while (true) {
            int c = characters.at(at);
            if (c < 0 || c == '=' || c == ':' || c == ' ' || c == '\t') {
                return key.toString();
            }
            if (c == '\\' && characters.at(at + 1) >= 0) {
                c = characters.at(++at);
            }
            key.append((char) c);
            at++;
        }
    }

    private String quoted(String key) throws ConfigSyntaxException {
        int start = characters.offset(at++);
        StringBuilder value = new StringBuilder();
        while (characters.at(at) != '"') {
            int c = characters.at(at++);
            if (c < 0) {
                throw new ConfigSyntaxException(
                        line(start), "the quote that ends " + key + " is missing");
            }
            if (c == '\\' && characters.at(at) >= 0) {
                c = escaped((char) characters.at(at++));
            }
            value.append((char) c);
        }
        at++;
        return value.toString();
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'b' -> '\b';
            default -> c;
        };
    }

    private List<String> list(String key, char close) throws ConfigSyntaxException {
        int start = characters.offset(at++);
        List<String> values = new ArrayList<>();
        boolean comma = true;
        while (true) {
            skipSpaces();
            int c = characters.at(at);
            if (c == close) {
                at++;
                return values;
            } else if (c == '"' && comma) {
                values.add(quoted(key));
                comma = false;
            } else if (c == ',' && !comma) {
                at++;
                comma = true;
            } else if (c == Characters.LINE_END) {
                at++;
            } else {
                throw new ConfigSyntaxException(
                        line(c == Characters.END ? start : characters.offset(at)),
                        "the list "
                                + key
                                + " is not right: write "
                                + key
                                + "=[\"one\",\"two\"], with quotes around each and commas between");
            }
        }
    }

    private void skipSpaces() {
        while (characters.at(at) == ' ' || characters.at(at) == '\t') {
            at++;
        }
    }

    private int line(int offset) {
        return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
