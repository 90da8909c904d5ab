// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;

import io.facegate.api.frame.Box;

/** JSON as every command prints it. */
public final class Json {
    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private Json() {}

    /** On one line, without its end; what is absent stands there as null. */
    public static String text(JsonElement json) {
        return GSON.toJson(json);
    }

    /** Source pixels: left, top, right, bottom, the last two exclusive. */
    public static JsonArray corners(Box box) {
        JsonArray corners = new JsonArray();
        corners.add(box.left());
        corners.add(box.top());
        corners.add(box.right());
        corners.add(box.bottom());
        return corners;
    }
}
