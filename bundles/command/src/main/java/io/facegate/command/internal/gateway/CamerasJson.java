// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.camera.CameraMode;
import io.facegate.api.camera.FoundCamera;
import io.facegate.api.camera.FoundNetworkCamera;
import io.facegate.api.camera.FoundNetworkCamera.NetworkStream;
import io.facegate.api.camera.StreamOffer;
import io.facegate.command.internal.session.Json;

import java.util.List;

/** Cameras that were found, for programs. */
final class CamerasJson {
    private CamerasJson() {}

    static String found(
            List<FoundCamera> here, List<FoundNetworkCamera> network, List<String> looked) {
        JsonArray cameras = new JsonArray();
        here.forEach(camera -> cameras.add(json(camera)));
        JsonArray devices = new JsonArray();
        network.forEach(camera -> devices.add(json(camera)));
        JsonArray places = new JsonArray();
        looked.forEach(places::add);
        JsonObject root = new JsonObject();
        root.add("cameras", cameras);
        root.add("network_cameras", devices);
        root.add("looked", places);
        return Json.text(root);
    }

    private static JsonObject json(FoundCamera camera) {
        JsonArray modes = new JsonArray();
        for (CameraMode mode : camera.modes()) {
            JsonObject json = new JsonObject();
            json.addProperty("format", mode.format());
            json.addProperty("width", mode.width());
            json.addProperty("height", mode.height());
            json.addProperty("least_width", mode.least().width());
            json.addProperty("least_height", mode.least().height());
            JsonArray rates = new JsonArray();
            mode.framesPerSecond().forEach(rates::add);
            json.add("fps", rates);
            modes.add(json);
        }
        JsonObject json = new JsonObject();
        json.addProperty("location", camera.location());
        json.addProperty("name", camera.name());
        json.addProperty("path", camera.path());
        json.addProperty("remark", camera.remark());
        json.add("modes", modes);
        return json;
    }

    private static JsonObject json(FoundNetworkCamera camera) {
        JsonArray streams = new JsonArray();
        for (NetworkStream stream : camera.streams()) {
            JsonObject json = new JsonObject();
            json.addProperty("name", stream.name());
            json.addProperty("location", stream.location());
            json.addProperty("snapshot", stream.snapshot());
            json.addProperty("format", stream.format());
            json.addProperty("width", stream.width());
            json.addProperty("height", stream.height());
            json.addProperty("fps", stream.framesPerSecond());
            streams.add(json);
        }
        JsonObject json = new JsonObject();
        json.addProperty("address", camera.address());
        json.addProperty("name", camera.name());
        json.addProperty("model", camera.model());
        json.addProperty("remark", camera.remark());
        json.add("streams", streams);
        return json;
    }

    static String offer(StreamOffer offer) {
        JsonObject json = new JsonObject();
        json.addProperty("location", offer.location());
        json.addProperty("kind", offer.kind());
        json.addProperty("codec", offer.codec());
        json.addProperty("width", offer.width());
        json.addProperty("height", offer.height());
        json.addProperty("pixel_aspect", offer.pixelAspect().toString());
        json.addProperty("fps", offer.framesPerSecond());
        json.addProperty("live", offer.live());
        json.addProperty("duration_ms", offer.durationMillis());
        json.addProperty("login", offer.login());
        return Json.text(json);
    }
}
