// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What can be asked; the {@code op} of a request names it. */
final class Requests {
    private final Services services;
    private final StageCalls stages;
    private final MatchCalls matches;
    private final LiveCalls live;
    private final StoreCalls store;
    private final DecodeCalls decode;
    private final ModelCalls models;

    Requests(Services services) {
        this.services = services;
        stages = new StageCalls(services);
        matches = new MatchCalls(services);
        live = new LiveCalls(services);
        store = new StoreCalls(services);
        decode = new DecodeCalls(services);
        models = new ModelCalls(services);
    }

    JsonObject answer(JsonObject request) throws Exception {
        String op = request.get("op").getAsString();
        return switch (op) {
            case "configure" -> configure(request);
            case "detect" -> stages.detect(request);
            case "encode" -> stages.encode(request);
            case "faces" -> stages.faces(request);
            case "gallery" -> matches.gallery(request);
            case "match" -> matches.match(request);
            case "live" -> live.play(request);
            case "decode.open" -> decode.open(request);
            case "decode.read" -> decode.read(request);
            case "decode.close" -> decode.close();
            case "model.list" -> models.list();
            case "model.use" -> models.use(request);
            case "store.open" -> store.open(request);
            case "store.fill" -> store.fill(request);
            case "store.add" -> store.add(request);
            case "store.key" -> store.key(request);
            default -> throw new IllegalArgumentException("there is no op " + op);
        };
    }

    /** {@code threads, onnx}: threads of every engine, and whether the ONNX engine is used. */
    private JsonObject configure(JsonObject request) throws IOException {
        Integer threads = request.get("threads").getAsInt();
        Boolean onnx = request.get("onnx").getAsBoolean();
        services.configure("io.facegate.detector", Map.of("threads", threads));
        services.configure("io.facegate.onnx", Map.of("threads", threads, "enabled", onnx));
        return new JsonObject();
    }

    static List<String> strings(JsonArray array) {
        List<String> strings = new ArrayList<>();
        for (JsonElement element : array) {
            strings.add(element.getAsString());
        }
        return strings;
    }
}
