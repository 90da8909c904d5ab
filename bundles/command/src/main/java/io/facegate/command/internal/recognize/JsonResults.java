// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.command.internal.session.Json;

import java.io.PrintStream;

/** JSON Lines: one object for each picture or frame, faces from left to right. */
final class JsonResults implements Results {
    private final PrintStream out;

    JsonResults(PrintStream out) {
        this.out = out;
    }

    @Override
    public void picture(String file, FrameResult result) {
        print(head(file, result), result);
    }

    @Override
    public void frame(String file, long timeMillis, FrameResult result) {
        JsonObject line = head(file, result);
        line.addProperty("frame", result.frame().sequence());
        line.addProperty("time_ms", timeMillis);
        print(line, result);
    }

    private static JsonObject head(String file, FrameResult result) {
        JsonObject line = new JsonObject();
        line.addProperty("file", file);
        line.addProperty("width", result.frame().sourceWidth());
        line.addProperty("height", result.frame().sourceHeight());
        return line;
    }

    private void print(JsonObject line, FrameResult result) {
        JsonArray faces = new JsonArray();
        result.faces().forEach(face -> faces.add(face(result.frame(), face)));
        line.add("faces", faces);
        out.println(Json.text(line));
        out.flush();
    }

    private static JsonObject face(Frame frame, RecognizedFace face) {
        Match match = face.match();
        JsonObject json = new JsonObject();
        json.add("box", Json.corners(frame.inSource(face.detection().box())));
        json.addProperty("name", match.name().orElse(null));
        if (match.distance().isPresent()) {
            json.addProperty("distance", match.distance().getAsDouble());
        } else {
            json.add("distance", JsonNull.INSTANCE);
        }
        JsonObject votes = new JsonObject();
        votes.addProperty("won", match.votesWon());
        votes.addProperty("of", match.votesOf());
        json.add("votes", votes);
        return json;
    }
}
