// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;

import org.osgi.framework.ServiceReference;

import java.util.ArrayList;
import java.util.List;

/** What can be asked; the {@code op} of a request names it. */
final class Requests {
    private final Services services;
    private final StageCalls stages;
    private final MatchCalls matches;
    private final LiveCalls live;

    Requests(Services services) {
        this.services = services;
        stages = new StageCalls(services);
        matches = new MatchCalls(services);
        live = new LiveCalls(services);
    }

    JsonObject answer(JsonObject request) throws Exception {
        String op = request.get("op").getAsString();
        return switch (op) {
            case "services" -> list();
            case "threads" -> threads(request);
            case "detect" -> stages.detect(request);
            case "encode" -> stages.encode(request);
            case "faces" -> stages.faces(request);
            case "gallery" -> matches.gallery(request);
            case "match" -> matches.match(request);
            case "live" -> live.play(request);
            default -> throw new IllegalArgumentException("there is no op " + op);
        };
    }

    /** The engines present, best first: the bundles of each kind of stage. */
    private JsonObject list() {
        services.await(FaceDetector.class);
        services.await(FaceEncoder.class);
        JsonObject answer = new JsonObject();
        for (String method : List.of("hog", "cnn")) {
            String filter = "(" + FaceDetector.METHOD + "=" + method + ")";
            answer.add(method, bundles(services.references(FaceDetector.class, filter)));
        }
        answer.add("encoder", bundles(services.references(FaceEncoder.class, null)));
        return answer;
    }

    private static <T> JsonArray bundles(List<ServiceReference<T>> references) {
        JsonArray names = new JsonArray();
        references.forEach(r -> names.add(Services.bundle(r)));
        return names;
    }

    /** Sets the threads of each bundle in {@code pids}. */
    private JsonObject threads(JsonObject request) throws Exception {
        int threads = request.get("threads").getAsInt();
        for (String pid : strings(request.getAsJsonArray("pids"))) {
            services.configure(pid, "threads", threads);
        }
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
