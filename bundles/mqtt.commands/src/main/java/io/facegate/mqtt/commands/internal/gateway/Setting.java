// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import io.facegate.api.camera.SecretParameters;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import org.osgi.service.metatype.AttributeDefinition;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One setting of a configuration: how it is shown, and what it may be. */
final class Setting {
    /** Stands for what is not shown. */
    static final String HIDDEN = "***";

    private final AttributeDefinition definition;

    Setting(AttributeDefinition definition) {
        this.definition = definition;
    }

    String key() {
        return definition.getID();
    }

    private boolean secret() {
        return definition.getType() == AttributeDefinition.PASSWORD || key().startsWith(".");
    }

    private boolean list() {
        return definition.getCardinality() != 0;
    }

    /**
     * As it is told; of a secret only whether it is set.
     *
     * @param value null when it is not configured
     */
    JsonObject json(Object value) {
        JsonObject o = new JsonObject();
        o.addProperty("key", key());
        o.addProperty("name", definition.getName());
        o.addProperty("description", definition.getDescription());
        o.addProperty("type", type() + (list() ? " list" : ""));
        o.addProperty("configured", value != null && !texts(value).equals(List.of("")));
        o.add("value", secret() ? JsonNull.INSTANCE : shown(value));
        o.add("default", secret() ? JsonNull.INSTANCE : shown(definition.getDefaultValue()));
        JsonArray options = new JsonArray();
        String[] values = definition.getOptionValues();
        for (String option : values == null ? new String[0] : values) {
            options.add(option);
        }
        o.add("options", options);
        return o;
    }

    private String type() {
        return switch (definition.getType()) {
            case AttributeDefinition.BOOLEAN -> "flag";
            case AttributeDefinition.INTEGER, AttributeDefinition.LONG -> "whole number";
            case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> "number";
            case AttributeDefinition.PASSWORD -> "secret";
            default -> "text";
        };
    }

    private JsonElement shown(Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        }
        JsonArray all = new JsonArray();
        texts(value).forEach(text -> all.add(one(text)));
        return list() ? all : all.isEmpty() ? JsonNull.INSTANCE : all.get(0);
    }

    private JsonElement one(String text) {
        try {
            return switch (definition.getType()) {
                case AttributeDefinition.BOOLEAN -> new JsonPrimitive(Boolean.valueOf(text));
                case AttributeDefinition.INTEGER, AttributeDefinition.LONG ->
                        new JsonPrimitive(Long.valueOf(text));
                case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT ->
                        new JsonPrimitive(Double.valueOf(text));
                default -> new JsonPrimitive(withoutSecrets(text));
            };
        } catch (NumberFormatException e) {
            return new JsonPrimitive(withoutSecrets(text));
        }
    }

    /**
     * What ends an unescaped password is not known, so too much is hidden rather than too little.
     */
    private static String withoutSecrets(String text) {
        int start = text.indexOf("://");
        if (start < 0) {
            return text;
        }
        int rest = start + 3;
        int at = text.lastIndexOf('@');
        String shown = text.substring(0, rest);
        if (at > rest) {
            shown += HIDDEN;
            rest = at;
        }
        int end = SecretParameters.firstValue(text, rest).orElse(text.length());
        return shown + text.substring(rest, end) + (end < text.length() ? HIDDEN : "");
    }

    private static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Collection<?> some) {
            some.forEach(one -> texts.add(String.valueOf(one)));
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                texts.add(String.valueOf(Array.get(value, i)));
            }
        } else {
            texts.add(value.toString());
        }
        return texts;
    }

    /** What a configuration keeps. */
    Object parsed(JsonElement value) throws RefusedException {
        if (secret()) {
            throw refused("is a secret: it is set in the file or the web console, not by messages");
        }
        if (!list()) {
            return element(value);
        }
        if (!value.isJsonArray()) {
            throw refused("is a list");
        }
        List<Object> all = new ArrayList<>();
        for (JsonElement one : value.getAsJsonArray()) {
            all.add(element(one));
        }
        Object array = Array.newInstance(elementType(), all.size());
        for (int i = 0; i < all.size(); i++) {
            Array.set(array, i, all.get(i));
        }
        return array;
    }

    private Class<?> elementType() {
        return switch (definition.getType()) {
            case AttributeDefinition.BOOLEAN -> Boolean.class;
            case AttributeDefinition.INTEGER -> Integer.class;
            case AttributeDefinition.LONG -> Long.class;
            case AttributeDefinition.DOUBLE -> Double.class;
            case AttributeDefinition.FLOAT -> Float.class;
            default -> String.class;
        };
    }

    private Object element(JsonElement value) throws RefusedException {
        if (!(value instanceof JsonPrimitive one)) {
            throw refused("is a " + type());
        }
        Object parsed;
        try {
            parsed =
                    switch (definition.getType()) {
                        case AttributeDefinition.BOOLEAN ->
                                one.isBoolean() ? one.getAsBoolean() : null;
                        case AttributeDefinition.INTEGER -> one.getAsBigDecimal().intValueExact();
                        case AttributeDefinition.LONG -> one.getAsBigDecimal().longValueExact();
                        case AttributeDefinition.DOUBLE -> one.getAsDouble();
                        case AttributeDefinition.FLOAT -> one.getAsFloat();
                        default -> one.isString() ? one.getAsString() : null;
                    };
        } catch (ArithmeticException | NumberFormatException e) {
            parsed = null;
        }
        if (parsed == null) {
            throw refused("is a " + type());
        }
        if (parsed instanceof String text && (text.contains("${") || text.contains(HIDDEN))) {
            throw refused("cannot have " + (text.contains("${") ? "${" : HIDDEN) + " in it");
        }
        String wrong = definition.validate(parsed.toString().replace(",", "\\,"));
        if (wrong != null && !wrong.isEmpty()) {
            throw refused(
                    "cannot be "
                            + parsed
                            + " ("
                            + wrong.replace("%", "")
                            + "): "
                            + definition.getDescription());
        }
        return parsed;
    }

    private RefusedException refused(String what) {
        return new RefusedException(ErrorCode.BAD_REQUEST, key() + " " + what);
    }
}
