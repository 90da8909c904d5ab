// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a model of the installation into the folder load, where it is found. */
final class ModelInstallation {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_MILLIS = 200;

    private final Parts around;

    ModelInstallation(Parts around) {
        this.around = around;
    }

    /** Only what came with the installation: nobody brings code or models in by a message. */
    JsonObject install(String name) throws RefusedException, IOException, InterruptedException {
        Path folder =
                around.home()
                        .map(home -> home.resolve("models"))
                        .filter(Files::isDirectory)
                        .orElseThrow(
                                () ->
                                        failed(
                                                "this installation has no folder models: put the"
                                                        + " model's jar into load"));
        List<String> there = jars(folder);
        if (!there.contains(name)) {
            throw failed(
                    "there is no "
                            + name
                            + " in the installation's models; there are: "
                            + String.join(", ", there));
        }
        List<ModelState> before = models();
        Path load = Files.createDirectories(around.data().resolve("load"));
        Path copy = Files.createTempFile(around.data(), "model-", ".new");
        try {
            Files.copy(folder.resolve(name), copy, StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, load.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy);
        }
        return found(before);
    }

    private static List<String> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    /** What is there that was not; nothing when it was there before. */
    private JsonObject found(List<ModelState> before) throws InterruptedException {
        long start = System.nanoTime();
        List<ModelState> more = List.of();
        while (more.isEmpty() && System.nanoTime() - start < PATIENCE_NANOS) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            more = new ArrayList<>(models());
            more.removeIf(m -> before.stream().anyMatch(b -> b.info().equals(m.info())));
        }
        JsonArray list = new JsonArray();
        for (ModelState model : more) {
            JsonObject o = new JsonObject();
            o.addProperty("model", model.info().id());
            o.addProperty("version", model.info().version());
            o.addProperty("kind", model.info().kind().name().toLowerCase(Locale.ROOT));
            o.addProperty("state", model.state().name().toLowerCase(Locale.ROOT));
            o.addProperty("message", model.message());
            list.add(o);
        }
        JsonObject o = new JsonObject();
        o.add("installed", list);
        return o;
    }

    private List<ModelState> models() {
        return around.find(ModelRegistry.class).map(ModelRegistry::models).orElse(List.of());
    }

    private static RefusedException failed(String message) {
        return new RefusedException(ErrorCode.FAILED, message);
    }
}
