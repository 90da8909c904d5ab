// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.request;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

import java.util.UUID;

/**
 * A field of a request.
 *
 * @param name of the field
 * @param type what it may be
 * @param required whether it cannot be left out
 * @param min of a number
 * @param max of a number, or most letters of a text
 * @param meaning what it is, to be read after "... is"
 */
public record Parameter(
        String name, Type type, boolean required, long min, long max, String meaning) {
    /** Most letters of a text. */
    private static final int LONGEST = 500;

    /** What a field may be. */
    public enum Type {
        TEXT,
        /** A JPEG in base64. */
        PICTURE,
        ID,
        IDS,
        NUMBERS,
        WHOLE,
        FLAG,
        /** Anything by name. */
        OBJECT
    }

    public static Parameter text(String name, String meaning) {
        return new Parameter(name, Type.TEXT, true, 1, LONGEST, meaning);
    }

    public static Parameter picture(String name, String meaning) {
        return new Parameter(name, Type.PICTURE, true, 1, Long.MAX_VALUE, meaning);
    }

    public static Parameter whole(String name, long min, long max, String meaning) {
        return new Parameter(name, Type.WHOLE, false, min, max, meaning);
    }

    /** One without bounds. */
    public static Parameter of(String name, Type type, String meaning) {
        return new Parameter(name, type, true, 0, Long.MAX_VALUE, meaning);
    }

    /** The same, which may be left out. */
    public Parameter optional() {
        return new Parameter(name, type, false, min, max, meaning);
    }

    /** Refuses what it cannot be. */
    void check(JsonElement value) throws RefusedException {
        boolean missing = value == null || value.isJsonNull();
        if (missing ? required : !fits(value)) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, name + " is " + meaning);
        }
    }

    private boolean fits(JsonElement value) {
        return switch (type) {
            case TEXT -> isText(value) && !value.getAsString().isBlank() && isShort(value);
            case PICTURE -> isText(value);
            case ID -> isId(value);
            case IDS -> isList(value, Parameter::isId);
            case NUMBERS -> isList(value, Parameter::isWhole);
            case WHOLE -> isWhole(value) && value.getAsLong() >= min && value.getAsLong() <= max;
            case FLAG -> value instanceof JsonPrimitive p && p.isBoolean();
            case OBJECT -> value.isJsonObject();
        };
    }

    private boolean isShort(JsonElement text) {
        return text.getAsString().length() <= max;
    }

    private static boolean isText(JsonElement value) {
        return value instanceof JsonPrimitive p && p.isString();
    }

    private static boolean isId(JsonElement value) {
        try {
            return isText(value)
                    && UUID.fromString(value.getAsString())
                            .toString()
                            .equalsIgnoreCase(value.getAsString());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isWhole(JsonElement value) {
        try {
            return value instanceof JsonPrimitive p
                    && p.isNumber()
                    && p.getAsBigDecimal().longValueExact() == p.getAsLong();
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
    }

    private interface Test {
        boolean passes(JsonElement element);
    }

    private static boolean isList(JsonElement value, Test test) {
        if (!value.isJsonArray() || value.getAsJsonArray().isEmpty()) {
            return false;
        }
        for (JsonElement element : value.getAsJsonArray()) {
            if (!test.passes(element)) {
                return false;
            }
        }
        return true;
    }
}
