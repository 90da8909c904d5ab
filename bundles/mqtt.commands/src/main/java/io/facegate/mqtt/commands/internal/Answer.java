// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import io.facegate.api.message.Replies;
import io.facegate.mqtt.commands.internal.request.Progress;
import io.facegate.mqtt.commands.internal.request.RefusedException;
import io.facegate.mqtt.commands.internal.request.Request;
import io.facegate.mqtt.json.Json;

import java.util.regex.Pattern;

/** What is answered to one command: how far it is, and in the end one of its two ends. */
final class Answer implements Progress {
    /** Where the answer goes when the question has no usable id. */
    private static final String NO_REQUEST = "none";

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final String command;
    private final Replies replies;
    private String requestId = NO_REQUEST;

    /**
     * @param command last part of its topic
     */
    Answer(String command, Replies replies) {
        this.command = command;
        this.replies = replies;
    }

    /**
     * Takes the id out of a request.
     *
     * @return whether there is none, or one that can be used
     */
    boolean identify(JsonObject request) {
        JsonElement id = request.get(Request.REQUEST_ID);
        if (id == null || id.isJsonNull()) {
            return true;
        }
        if (id.isJsonPrimitive() && REQUEST_ID.matcher(id.getAsString()).matches()) {
            requestId = id.getAsString();
            return true;
        }
        return false;
    }

    @Override
    public void tell(int done, int of, String message) {
        JsonObject progress = new JsonObject();
        progress.addProperty("done", done);
        progress.addProperty("of", of);
        progress.addProperty("message", message);
        send(JsonNull.INSTANCE, JsonNull.INSTANCE, JsonNull.INSTANCE, progress);
    }

    void done(JsonObject result) {
        send(new JsonPrimitive(true), JsonNull.INSTANCE, result, JsonNull.INSTANCE);
    }

    void refused(RefusedException why) {
        JsonObject error = new JsonObject();
        error.addProperty("code", why.code().word());
        error.addProperty("message", why.getMessage());
        send(new JsonPrimitive(false), error, JsonNull.INSTANCE, JsonNull.INSTANCE);
    }

    private void send(JsonElement ok, JsonElement error, JsonElement result, JsonElement progress) {
        JsonObject reply = new JsonObject();
        reply.add(
                Request.REQUEST_ID,
                requestId.equals(NO_REQUEST) ? JsonNull.INSTANCE : new JsonPrimitive(requestId));
        reply.addProperty("command", command);
        reply.add("ok", ok);
        reply.add("error", error);
        reply.add("result", result);
        reply.add("progress", progress);
        replies.answer("reply/" + requestId, Json.text(reply));
    }
}
