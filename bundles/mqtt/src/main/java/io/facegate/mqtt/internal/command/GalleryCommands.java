// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.backup.Backup;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.mqtt.internal.command.Commands.Answer;
import io.facegate.mqtt.internal.command.Commands.RefusedException;
import io.facegate.mqtt.internal.gateway.Surroundings;
import io.facegate.mqtt.internal.link.Message;
import io.facegate.mqtt.internal.message.Json;
import io.facegate.mqtt.internal.message.Topics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Commands that take their time, on a thread of their own: an erasure waits for the publisher
 * itself. For one thread.
 */
public final class GalleryCommands {
    /** Their names. */
    static final Set<String> NAMES = Set.of("backup", "erase");

    private static final int MAX_WAITING = 10;
    private static final long STOP_MILLIS = 1000;

    private final Commands commands;
    private final Topics topics;
    private final Surroundings around;
    private final Runnable wake;
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private Optional<ExecutorService> worker = Optional.empty();

    /**
     * @param wake called when there is an answer
     */
    public GalleryCommands(Commands commands, Topics topics, Surroundings around, Runnable wake) {
        this.commands = commands;
        this.topics = topics;
        this.around = around;
        this.wake = wake;
    }

    /** Takes a message that is for it; its answer comes later. */
    public boolean takes(Message message) {
        if (message.retained()) {
            return false;
        }
        if (message.topic().equals(topics.of("cmd/erase"))) {
            start(() -> commands.answer("erase", message.payload(), this::erase), message);
            return true;
        }
        if (message.topic().equals(topics.of("cmd/backup"))) {
            start(() -> commands.answer("backup", message.payload(), r -> backup()), message);
            return true;
        }
        return false;
    }

    /** Answers that are there now. */
    public List<Answer> answers() {
        List<Answer> result = new ArrayList<>();
        for (Answer next = answers.poll(); next != null; next = answers.poll()) {
            result.add(next);
        }
        return result;
    }

    /** Lets what runs come to its end for a while; an erasure goes on at the next start. */
    public void stop() {
        worker.ifPresent(
                thread -> {
                    thread.shutdown();
                    try {
                        if (!thread.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                            thread.shutdownNow();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** What answers a message. */
    private interface Work {
        Answer answer();
    }

    private void start(Work work, Message message) {
        if (worker.isEmpty()) {
            worker = Optional.of(worker());
        }
        try {
            worker.get()
                    .execute(
                            () -> {
                                answers.add(work.answer());
                                wake.run();
                            });
        } catch (RejectedExecutionException e) {
            String name = message.topic().substring(topics.of("cmd/").length());
            answers.add(
                    commands.answer(
                            name,
                            message.payload(),
                            r -> {
                                throw new RefusedException(
                                        "unavailable", "too many commands wait: try again later");
                            }));
        }
    }

    private static ExecutorService worker() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                task -> {
                    Thread thread = new Thread(task, "facegate-mqtt-commands");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private JsonElement erase(JsonObject request) throws RefusedException {
        JsonElement name = request.get("name");
        if (name == null || !name.isJsonPrimitive()) {
            throw new RefusedException(
                    "bad_request", "erase takes the name of a person: {\"name\":\"Alice\"}");
        }
        try {
            List<ErasureReceipt> receipts =
                    around.eraser()
                            .orElseThrow(() -> missing("erasure"))
                            .erase(List.of(name.getAsString()));
            return receipt(receipts.get(0));
        } catch (IOException | RuntimeException e) {
            throw new RefusedException("failed", String.valueOf(e.getMessage()));
        }
    }

    /** Without the name: subscribers may keep it. */
    private static JsonObject receipt(ErasureReceipt receipt) {
        JsonObject o = new JsonObject();
        o.addProperty("person_id", receipt.person().id().toString());
        o.add("at", Json.time(receipt.at()));
        o.addProperty("complete", receipt.complete());
        JsonArray parts = new JsonArray();
        for (ErasedPart part : receipt.parts()) {
            JsonObject p = new JsonObject();
            p.addProperty("what", part.what());
            p.addProperty("count", part.count());
            p.addProperty("left", part.left());
            parts.add(p);
        }
        o.add("parts", parts);
        return o;
    }

    private JsonElement backup() throws RefusedException {
        try {
            Backup backup = around.backups().orElseThrow(() -> missing("backup")).make();
            JsonObject o = new JsonObject();
            o.addProperty("file", backup.file().toString());
            o.add("made_at", Json.time(backup.madeAt()));
            o.addProperty("bytes", backup.bytes());
            backup.info()
                    .ifPresent(
                            info -> {
                                o.addProperty("people", info.contents().people());
                                o.addProperty("encodings", info.contents().encodings());
                                o.addProperty("chips", info.contents().chips());
                            });
            return o;
        } catch (IOException | RuntimeException e) {
            throw new RefusedException("failed", String.valueOf(e.getMessage()));
        }
    }

    private static RefusedException missing(String bundle) {
        return new RefusedException("unavailable", "the bundle " + bundle + " is not running");
    }
}
