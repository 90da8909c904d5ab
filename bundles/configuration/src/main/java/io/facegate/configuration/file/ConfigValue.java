// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.file;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as they stand in files: typed by a letter, in quotes. */
public final class ConfigValue {
    private static final Map<Character, Class<?>> TYPES =
            Map.of(
                    'T', String.class,
                    'I', Integer.class,
                    'L', Long.class,
                    'F', Float.class,
                    'D', Double.class,
                    'X', Byte.class,
                    'S', Short.class,
                    'C', Character.class,
                    'B', Boolean.class);

    private ConfigValue() {}

    static Object read(char type, String text, String key, int line) throws ConfigSyntaxException {
        char upper = Character.toUpperCase(type);
        try {
            return switch (upper) {
                case 'I' -> Integer.valueOf(text);
                case 'L' -> Long.valueOf(text);
                case 'X' -> Byte.valueOf(text);
                case 'S' -> Short.valueOf(text);
                case 'F' ->
                        isBits(text)
                                ? Float.intBitsToFloat(Integer.parseInt(text))
                                : real(text).floatValue();
                case 'D' ->
                        isBits(text) ? Double.longBitsToDouble(Long.parseLong(text)) : real(text);
                case 'B' -> truth(text);
                case 'C' -> text.charAt(0);
                default -> text;
            };
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new ConfigSyntaxException(
                    line, "%s=%s\"%s\" is not %s".formatted(key, type, text, meaning(upper, text)));
        }
    }

    /** As File Install used to save numbers: what a person writes is shorter. */
    private static boolean isBits(String text) {
        return text.matches("-?\\d{7,}") || text.matches("-?0+");
    }

    private static Double real(String text) {
        if (!text.contains(".")) {
            throw new NumberFormatException(text);
        }
        return Double.valueOf(text);
    }

    private static Boolean truth(String text) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new NumberFormatException(text);
        }
        return Boolean.valueOf(text);
    }

    private static String meaning(char type, String text) {
        return switch (type) {
            case 'B' -> "true or false";
            case 'C' -> "a character";
            case 'F', 'D' ->
                    text.matches("-?\\d+")
                            ? "written with its point: \"" + text + ".0\""
                            : "a number like \"10.0\"";
            default -> "a whole number of its size";
        };
    }

    static Object array(char type, List<String> texts, String key, int line)
            throws ConfigSyntaxException {
        Class<?> boxed = TYPES.get(Character.toUpperCase(type));
        Class<?> component =
                Character.isLowerCase(type)
                        ? MethodType.methodType(boxed).unwrap().returnType()
                        : boxed;
        Object array = Array.newInstance(component, texts.size());
        for (int i = 0; i < texts.size(); i++) {
            Array.set(array, i, read(type, texts.get(i), key, line));
        }
        return array;
    }

    static List<Object> list(char type, List<String> texts, String key, int line)
            throws ConfigSyntaxException {
        List<Object> list = new ArrayList<>();
        for (String text : texts) {
            list.add(read(type, text, key, line));
        }
        return list;
    }

    /** Whether two values say the same, whatever types they are said in. */
    public static boolean same(Object one, Object other) {
        return texts(one).equals(texts(other));
    }

    /** Whether two sets of values say the same. */
    public static boolean sameAll(Map<String, Object> one, Map<String, Object> other) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream().allMatch(key -> same(one.get(key), other.get(key)));
    }

    /** Whether it is the empty text, or a list of nothing else. */
    public static boolean isEmpty(Object value) {
        return texts(value).stream().allMatch(String::isEmpty);
    }

    /** The texts of a value; of a list those of each. */
    static List<String> texts(Object value) {
        return parts(value).stream().map(String::valueOf).toList();
    }

    private static List<Object> parts(Object value) {
        if (value instanceof Collection<?> all) {
            return new ArrayList<>(all);
        }
        if (value == null) {
            return List.of();
        }
        if (!value.getClass().isArray()) {
            return List.of(value);
        }
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            all.add(Array.get(value, i));
        }
        return all;
    }

    /** As it stands in a file. */
    static String written(Object value) {
        List<Object> parts = parts(value);
        String all = parts.stream().map(ConfigValue::quoted).collect(Collectors.joining(","));
        if (value instanceof Collection<?>) {
            return letter(parts.isEmpty() ? String.class : parts.get(0).getClass())
                    + "("
                    + all
                    + ")";
        }
        return value.getClass().isArray()
                ? letter(value.getClass().getComponentType()) + "[" + all + "]"
                : letter(value.getClass()) + all;
    }

    private static String letter(Class<?> type) {
        for (Map.Entry<Character, Class<?>> one : TYPES.entrySet()) {
            if (one.getKey() != 'T' && (one.getValue() == type || one.getValue() == boxed(type))) {
                String letter = String.valueOf(one.getKey());
                return type.isPrimitive() ? letter.toLowerCase(Locale.ROOT) : letter;
            }
        }
        return "";
    }

    private static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    private static String quoted(Object value) {
        StringBuilder text = new StringBuilder("\"");
        for (char c : String.valueOf(value).toCharArray()) {
            switch (c) {
                case '\\' -> text.append("\\\\\\\\"); // read in two steps, each halves them
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> {
                    if (c < ' ') {
                        text.append("\\u%04x".formatted((int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.append('"').toString();
    }
}
