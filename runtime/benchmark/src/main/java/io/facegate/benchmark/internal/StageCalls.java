// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Single calls of the stages, each timed from its frames or chips on the heap to its api values.
 */
final class StageCalls {
    private final Services services;
    private final Map<String, Frame> pictures = new HashMap<>();

    StageCalls(Services services) {
        this.services = services;
    }

    /**
     * {@code method, bundle, picture, upsample}; faces with box and score in the detector's order.
     */
    JsonObject detect(JsonObject request) throws Exception {
        String filter = "(" + FaceDetector.METHOD + "=" + request.get("method").getAsString() + ")";
        FaceDetector detector =
                services.await(FaceDetector.class, filter, request.get("bundle").getAsString());
        Frame frame = picture(request.get("picture").getAsString());
        var options = new DetectionOptions(request.get("upsample").getAsInt(), 0, 0);
        JsonObject answer = new JsonObject();
        List<FaceDetection> found = Timing.timed(answer, () -> detector.detect(frame, options));
        JsonArray faces = new JsonArray();
        for (FaceDetection face : found) {
            JsonObject one = new JsonObject();
            one.add("box", numbers(face.box()));
            one.addProperty("score", face.score());
            faces.add(one);
        }
        answer.add("faces", faces);
        return answer;
    }

    /** {@code bundle, chips}: aligned chips to descriptors, as one batch. */
    JsonObject encode(JsonObject request) throws Exception {
        FaceEncoder encoder =
                services.await(FaceEncoder.class, null, request.get("bundle").getAsString());
        List<FaceChip> chips = new ArrayList<>();
        for (String file : Requests.strings(request.getAsJsonArray("chips"))) {
            Frame chip = picture(file);
            chips.add(new FaceChip(chip.width(), chip.pixels()));
        }
        JsonObject answer = new JsonObject();
        return described(answer, Timing.timed(answer, () -> encoder.encode(chips)));
    }

    /** {@code bundle, picture, boxes}: landmarks, alignment and descriptors of known boxes. */
    JsonObject faces(JsonObject request) throws Exception {
        LandmarkDetector landmarks = services.await(LandmarkDetector.class);
        FaceEncoder encoder =
                services.await(FaceEncoder.class, null, request.get("bundle").getAsString());
        Frame frame = picture(request.get("picture").getAsString());
        List<Box> boxes = new ArrayList<>();
        for (JsonElement box : request.getAsJsonArray("boxes")) {
            JsonArray b = box.getAsJsonArray();
            boxes.add(
                    new Box(
                            b.get(0).getAsInt(),
                            b.get(1).getAsInt(),
                            b.get(2).getAsInt(),
                            b.get(3).getAsInt()));
        }
        JsonObject answer = new JsonObject();
        return described(
                answer,
                Timing.timed(
                        answer,
                        () ->
                                encoder.encode(
                                        encoder.align(frame, landmarks.landmarks(frame, boxes)))));
    }

    /** Decoded once: decoding is no part of a stage. */
    private Frame picture(String file) throws PictureException {
        Frame frame = pictures.get(file);
        if (frame == null) {
            frame = services.await(PictureReader.class).read(Path.of(file), false);
            pictures.put(file, frame);
        }
        return frame;
    }

    private static JsonObject described(JsonObject answer, List<FaceDescriptor> descriptors) {
        JsonArray rows = new JsonArray();
        for (FaceDescriptor descriptor : descriptors) {
            JsonArray row = new JsonArray();
            for (float value : descriptor.toArray()) {
                row.add(value);
            }
            rows.add(row);
        }
        answer.add("descriptors", rows);
        descriptors.stream()
                .findFirst()
                .ifPresent(d -> answer.addProperty("model", d.model().id()));
        return answer;
    }

    static JsonArray numbers(Box box) {
        JsonArray array = new JsonArray();
        array.add(box.left());
        array.add(box.top());
        array.add(box.right());
        array.add(box.bottom());
        return array;
    }
}
