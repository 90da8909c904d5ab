// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** How values are written in every JSON payload. */
public final class Json {
    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Json() {}

    /** One line, with explicit nulls. */
    public static String text(JsonElement element) {
        return GSON.toJson(element);
    }

    /** ISO 8601, UTC, milliseconds. */
    public static JsonElement time(Instant instant) {
        return new JsonPrimitive(TIME.format(instant));
    }

    /** The same, or null. */
    public static JsonElement time(Optional<Instant> instant) {
        return instant.map(Json::time).orElse(JsonNull.INSTANCE);
    }

    /** As text, or null. */
    public static JsonElement string(Optional<?> value) {
        return value.<JsonElement>map(v -> new JsonPrimitive(v.toString()))
                .orElse(JsonNull.INSTANCE);
    }

    /** Rounded half up to a number of decimals; null when not finite, which JSON cannot say. */
    public static JsonElement number(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return JsonNull.INSTANCE;
        }
        double scale = Math.pow(10, decimals);
        double rounded = Math.round(value * scale) / scale;
        return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15
                ? new JsonPrimitive((long) rounded)
                : new JsonPrimitive(rounded);
    }

    /** The same, null when there is none. */
    public static JsonElement number(OptionalDouble value, int decimals) {
        return value.isPresent() ? number(value.getAsDouble(), decimals) : JsonNull.INSTANCE;
    }
}
