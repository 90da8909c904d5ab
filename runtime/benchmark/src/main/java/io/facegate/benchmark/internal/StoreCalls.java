// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelKey;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.StoreEncryption;

import org.osgi.framework.Bundle;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The gateway's store over files the benchmark names: opened, filled, added to. */
final class StoreCalls {
    private static final String STORE = "io.facegate.store";
    private static final int DIMENSION = 128;
    private static final int PAGE = 4096;

    /** People of one step of filling: their encodings are megabytes. */
    private static final int BATCH = 1000;

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Services services;

    StoreCalls(Services services) {
        this.services = services;
    }

    /**
     * {@code file, key, people}: from the start of the store's bundle, its classes loaded anew, to
     * a gallery of so many people. An empty key file: not encrypted.
     */
    JsonObject open(JsonObject request) throws Exception {
        Bundle bundle =
                Arrays.stream(services.context().getBundles())
                        .filter(b -> STORE.equals(b.getSymbolicName()))
                        .findFirst()
                        .orElseThrow();
        bundle.stop();
        bundle.update();
        services.configure(
                STORE,
                Map.of(
                        "file",
                        request.get("file").getAsString(),
                        "key.file",
                        request.get("key").getAsString()));
        int people = request.get("people").getAsInt();
        JsonObject answer = new JsonObject();
        Timing.timed(
                answer,
                () -> {
                    bundle.start();
                    return awaitPeople(people);
                });
        return answer;
    }

    private EncodingStore awaitPeople(int people) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        EncodingStore store = services.await(EncodingStore.class, null, STORE);
        while (store.gallery().people().size() < people) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "the store serves " + store.gallery().people().size() + " people");
            }
            LockSupport.parkNanos(1_000_000);
        }
        return store;
    }

    /** {@code people, each}: people numbered from 0, with encodings drawn at random. */
    JsonObject fill(JsonObject request) throws Exception {
        EncodingStore store = services.await(EncodingStore.class);
        ModelKey model = services.await(FaceEncoder.class).model().key();
        Random random = new Random(request.get("people").getAsInt());
        int people = request.get("people").getAsInt();
        int each = request.get("each").getAsInt();
        for (int from = 0; from < people; from += BATCH) {
            List<NewPerson> batch = new ArrayList<>();
            for (int person = from; person < Math.min(people, from + BATCH); person++) {
                List<NewEncoding> encodings = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    encodings.add(encoding(model, random, Optional.empty()));
                }
                batch.add(new NewPerson(Optional.empty(), "Person " + person, encodings));
            }
            store.addAll(batch);
        }
        return new JsonObject();
    }

    /**
     * {@code count, chips, bare}: adds an encoding with its chip to so many people, each time
     * beside one page written to the file {@code bare} and brought to the disk; milliseconds of
     * both.
     */
    JsonObject add(JsonObject request) throws Exception {
        EncodingStore store = services.await(EncodingStore.class);
        ModelKey model = services.await(FaceEncoder.class).model().key();
        List<FaceChip> chips = new ArrayList<>();
        for (String file : Requests.strings(request.getAsJsonArray("chips"))) {
            Frame chip = services.await(PictureReader.class).read(Path.of(file), false);
            chips.add(new FaceChip(chip.width(), chip.pixels()));
        }
        Random random = new Random();
        JsonArray additions = new JsonArray();
        JsonArray writes = new JsonArray();
        try (FileChannel bare =
                FileChannel.open(
                        Path.of(request.get("bare").getAsString()),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            for (int i = 0; i < request.get("count").getAsInt(); i++) {
                Optional<FaceChip> chip = Optional.of(chips.get(i % chips.size()));
                List<NewEncoding> one = List.of(encoding(model, random, chip));
                String name = "Person " + i;
                additions.add(millis(() -> store.add(name, one)));
                long place = (long) i * PAGE;
                writes.add(millis(() -> write(bare, place)));
            }
        }
        JsonObject answer = new JsonObject();
        answer.add("additions", additions);
        answer.add("writes", writes);
        return answer;
    }

    private static long write(FileChannel bare, long place) throws Exception {
        long written = bare.write(ByteBuffer.allocate(PAGE), place);
        bare.force(false);
        return written;
    }

    /** {@code file}: makes a key file. */
    JsonObject key(JsonObject request) throws Exception {
        services.await(StoreEncryption.class).makeKey(Path.of(request.get("file").getAsString()));
        return new JsonObject();
    }

    private static JsonElement millis(Callable<?> call) throws Exception {
        JsonObject answer = new JsonObject();
        Timing.timed(answer, call);
        return answer.get("millis");
    }

    private static NewEncoding encoding(ModelKey model, Random random, Optional<FaceChip> chip) {
        float[] values = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            values[i] = random.nextFloat() * 0.4f - 0.2f;
        }
        return new NewEncoding(
                new FaceDescriptor(model, values), chip, "a picture", "ef".repeat(32));
    }
}
