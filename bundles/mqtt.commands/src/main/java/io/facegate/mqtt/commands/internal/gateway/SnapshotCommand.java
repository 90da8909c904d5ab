// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.gateway;

import com.google.gson.JsonObject;

import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;
import io.facegate.mqtt.commands.internal.part.CameraFrames;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.Lane;
import io.facegate.mqtt.commands.internal.request.Parameter;
import io.facegate.mqtt.commands.internal.request.RefusedException;
import io.facegate.mqtt.commands.internal.request.Request;
import io.facegate.mqtt.json.Json;

import java.util.Base64;
import java.util.List;

/** What a camera sees now. */
public final class SnapshotCommand {
    private static final int WIDTH = 1280;
    private static final int WIDEST = 1920;
    private static final long PATIENCE_MILLIS = 5000;
    private static final double QUALITY = 0.85;

    private final Parts around;

    public SnapshotCommand(Parts around) {
        this.around = around;
    }

    /** What can be asked for. */
    public List<Command> commands() {
        return List.of(
                Command.guarded(
                        Lane.SLOW,
                        "snapshot",
                        (request, progress) -> snapshot(request),
                        Parameter.text("camera", "the id of a camera"),
                        Parameter.whole(
                                "width",
                                160,
                                WIDEST,
                                "most columns and rows of the picture, 160 to " + WIDEST)));
    }

    private JsonObject snapshot(Request request) throws RefusedException, InterruptedException {
        PictureWriter writer = around.require(PictureWriter.class, "picture");
        Frame frame;
        try (CameraFrames frames = CameraFrames.of(around, request.text("camera"))) {
            frame = frames.next(PATIENCE_MILLIS).orElseThrow(frames::silence);
        }
        int most = request.whole("width", WIDTH);
        Frame small = writer.fit(frame, most, most);
        JsonObject o = new JsonObject();
        o.addProperty("camera", frame.sourceId());
        o.add("timestamp", Json.time(frame.capturedAt()));
        o.addProperty("width", small.width());
        o.addProperty("height", small.height());
        o.addProperty(
                "picture",
                Base64.getEncoder()
                        .encodeToString(writer.encode(small, PictureFormat.JPEG, QUALITY)));
        return o;
    }
}
