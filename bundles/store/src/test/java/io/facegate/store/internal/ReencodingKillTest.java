// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.KeptFace;
import io.facegate.api.store.KeptFace.Owner;
import io.facegate.api.store.LaterEncoding;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.StoredEncoding;
import io.facegate.faultydisk.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** People are encoded with one model after the other by processes that are killed meanwhile. */
class ReencodingKillTest {
    private static final int KILLS = Integer.getInteger("facegate.kills", 200) / 20;
    private static final long SEED = Long.getLong("facegate.seed", System.nanoTime());
    private static final int FACES = 40;
    private static final int BATCH = 8;

    /** Kills of one store: each is read whole after each kill. */
    private static final int ROUND = 10;

    @TempDir Path folder;

    @Test
    void clearStoreKeepsWhatWasEncoded() throws Exception {
        kill(Optional.empty(), (KILLS + 1) / 2);
    }

    @Test
    void encryptedStoreKeepsWhatWasEncoded() throws Exception {
        Path key = folder.resolve("store.key");
        StoreKey.make(key);
        kill(Optional.of(key), (KILLS + 1) / 2);
    }

    private void kill(Optional<Path> key, int times) throws Exception {
        Random random = new Random(SEED);
        int batches = 0;
        for (int left = times; left > 0; left -= ROUND) {
            batches += round(key, random, Math.min(ROUND, left));
        }
        System.out.printf(
                "%d kills while people are encoded%s: all %d acknowledged batches kept, none in part"
                        + " (seed %d)%n",
                times, key.isPresent() ? ", encrypted" : "", batches, SEED);
        assertThat(batches).isGreaterThan(times);
    }

    /** Number of batches acknowledged. */
    private int round(Optional<Path> key, Random random, int times) throws Exception {
        Path path = Files.createTempDirectory(folder, "data").resolve("facegate.db");
        try (SqliteStore store = new SqliteStore(path, key)) {
            store.open();
            for (int person = 0; person < FACES / 5; person++) {
                List<NewEncoding> faces = new ArrayList<>();
                for (int face = 0; face < 5; face++) {
                    faces.add(Faces.withChip(5 * person + face, "photo-" + face));
                }
                store.add("Person " + person, faces);
            }
        }
        Map<String, Integer> acknowledged = new HashMap<>();
        int batches = 0;
        for (int kill = 0; kill < times; kill++) {
            batches += killed(path, key, random, acknowledged);
            audit(path, key, acknowledged);
        }
        return batches;
    }

    /** Number of batches acknowledged. */
    private int killed(
            Path path, Optional<Path> key, Random random, Map<String, Integer> acknowledged)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of(path.toString()));
        key.ifPresent(file -> arguments.add(file.toString()));
        try (ChildJvm process =
                ChildJvm.start(Encoding.class, folder.resolve("errors"), Map.of(), arguments)) {
            assertThat(process.line()).as(process::errors).isEqualTo("ready");
            process.tell("go");
            List<String> lines = new ArrayList<>();
            int wanted = 1 + random.nextInt(9);
            for (int i = 0; i < wanted; i++) {
                String line = process.line();
                assertThat(line).as(process::errors).isNotNull();
                lines.add(line);
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(6000)));
            process.kill();
            assertThat(process.exitCode()).isEqualTo(ChildJvm.KILLED);
            lines.addAll(process.rest());
            for (String line : lines) {
                acknowledged.merge(line.split(" ")[0], BATCH, Integer::sum);
            }
            return lines.size();
        }
    }

    private static void audit(Path path, Optional<Path> key, Map<String, Integer> acknowledged)
            throws Exception {
        try (SqliteStore store = new SqliteStore(path, key)) {
            store.open();
            Gallery gallery = store.gallery();
            GallerySection first = gallery.section(Faces.MODEL).orElseThrow();
            assertThat(first.size()).isEqualTo(FACES);
            acknowledged.forEach(
                    (model, faces) -> {
                        int kept = gallery.section(model(model)).orElseThrow().size();
                        assertThat(kept).isBetween(faces, FACES);
                        assertThat(kept % BATCH).as("a batch is whole").isZero();
                    });
            for (var person : gallery.people()) {
                List<StoredEncoding> encodings = store.encodings(person.id());
                assertThat(encodings.stream().filter(e -> !e.derived())).hasSize(5);
                for (StoredEncoding encoding : encodings) {
                    if (encoding.derived()) {
                        byte[] chip = store.chip(encoding.id()).orElseThrow().rgb();
                        assertThat(encoding.descriptor())
                                .isEqualTo(encoded(encoding.descriptor().model(), chip));
                    }
                }
            }
        }
    }

    private static ModelKey model(String id) {
        return new ModelKey(id, "ef".repeat(32));
    }

    /** What a model makes of a chip: something of its own. */
    private static FaceDescriptor encoded(ModelKey model, byte[] chip) {
        int seed = 31 * model.id().hashCode() + java.util.Arrays.hashCode(chip);
        return Faces.descriptor(model, seed);
    }

    /** Encodes with m0, then with m1 and so on, and says each batch. */
    static final class Encoding {
        private Encoding() {}

        public static void main(String[] args) throws Exception {
            Optional<Path> key = args.length > 1 ? Optional.of(Path.of(args[1])) : Optional.empty();
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            try (SqliteStore store = new SqliteStore(Path.of(args[0]), key)) {
                store.open();
                System.out.println("ready");
                in.readLine();
                for (int number = 0; ; number++) {
                    ModelKey model = model("m" + number);
                    List<KeptFace> faces;
                    while (!(faces = store.reencoding().unencoded(model, Owner.PERSON, 0, BATCH))
                            .isEmpty()) {
                        List<LaterEncoding> batch = new ArrayList<>();
                        for (KeptFace face : faces) {
                            batch.add(
                                    new LaterEncoding(
                                            face.owner(),
                                            face.id(),
                                            encoded(model, face.chip().rgb())));
                        }
                        store.reencoding().add(batch);
                        System.out.println(model.id() + " " + batch.size());
                    }
                }
            }
        }
    }
}
