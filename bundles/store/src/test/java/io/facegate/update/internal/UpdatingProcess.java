// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.sighting.NewUnknownFace;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.matcher.internal.MatcherComponent;
import io.facegate.onnx.internal.SmallEncoders;
import io.facegate.store.internal.GatewayStore;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A gateway without cameras and framework: the real update, choice, store, matcher and encoders in
 * ONNX Runtime. People come and go, encoders are used, gone back from and cleared, in an order
 * nobody chose, while frames are told. Says before each change what it is about to do and after it
 * that it was acknowledged.
 */
public final class UpdatingProcess {
    /** People before the cameras, who stay. */
    public static final List<String> SEEN = List.of("Ann", "Bob", "Cid", "Dot");

    private static final int OTHERS = 6;
    private static final long AWAITED_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);

    private final Random random;
    private final OutputStream lines;
    private final GatewayStore store;
    private final SaidParts parts;
    private final UpdateThread thread;
    private final SeenFrames frames;

    private UpdatingProcess(String[] args, OutputStream lines) throws Exception {
        Path data = Path.of(args[0]);
        random = new Random(Long.parseLong(args[1]));
        this.lines = lines;
        var matcher = new MatcherComponent();
        store =
                new GatewayStore(
                        data.resolve("facegate.db"),
                        args.length > 5 ? Optional.of(Path.of(args[5])) : Optional.empty());
        parts =
                new SaidParts(
                        data,
                        store,
                        matcher,
                        SmallEncoders.load(Path.of(args[4])),
                        this::say,
                        this::changed);
        LiveFaces live = new LiveFaces();
        thread = new UpdateThread(parts, live, new Settings(true, 1, 3, List.of()));
        frames = new SeenFrames(parts, live, this::say);
    }

    /**
     * @param args the data folder; the seed; the number of changes, 0 for none but what is begun;
     *     the file for its lines, "-" for standard output; a folder for ONNX Runtime; and the key
     *     file of an encrypted store
     */
    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        System.out.flush();
        if (System.in.read() < 0) {
            return;
        }
        try (OutputStream lines =
                "-".equals(args[3]) ? System.out : new FileOutputStream(args[3])) {
            new UpdatingProcess(args, lines).run(Integer.parseInt(args[2]));
        }
    }

    private void run(int changes) throws Exception {
        frames.start();
        thread.start();
        for (int i = 0; i < changes; i++) {
            change();
            if (random.nextInt(8) == 0) {
                store.poll();
            }
        }
        if (changes == 0) {
            awaitCovered();
        }
        thread.close();
        frames.end();
        store.close();
    }

    /** Everybody is encoded with the encoder in use, and no other one is on its way. */
    private void awaitCovered() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!(isCovered() && thread.status().offer().isEmpty())) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not covered: " + thread.status());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private boolean isCovered() {
        UpdateStatus status = thread.status();
        return status.coverage().map(ModelCoverage::complete).orElse(false);
    }

    /** What the engines and services of a framework tell. */
    private void changed() {
        UpdateThread now = thread;
        if (now != null) {
            now.wake();
        }
    }

    private void change() throws Exception {
        int kind = random.nextInt(100);
        if (kind < 38) {
            add();
        } else if (kind < 45) {
            delete();
        } else if (kind < 51) {
            unknown();
        } else if (kind < 57) {
            reject();
        } else if (kind < 70) {
            other();
        } else if (kind < 80) {
            clear();
        } else {
            awaitUpdate();
        }
    }

    private String somebody() {
        int who = random.nextInt(SEEN.size() + OTHERS);
        return who < SEEN.size() ? SEEN.get(who) : "Guest " + who;
    }

    private NewEncoding face(String name, long seed) {
        FaceChip chip = SmallEncoders.face(name, seed);
        return new NewEncoding(encoded(chip), Optional.of(chip), "s" + seed, "");
    }

    private FaceDescriptor encoded(FaceChip chip) {
        return parts.encoder().orElseThrow().encode(List.of(chip)).get(0);
    }

    private long seed() {
        return random.nextLong() >>> 1;
    }

    private void add() throws Exception {
        String name = somebody();
        long seed = seed();
        say("? add " + seed + " " + name);
        store.add(name, List.of(face(name, seed)));
        say("done add");
        parts.added++;
        thread.wake();
    }

    private void delete() throws Exception {
        List<Person> guests =
                store.gallery().people().stream().filter(p -> !SEEN.contains(p.name())).toList();
        if (!guests.isEmpty()) {
            String name = guests.get(random.nextInt(guests.size())).name();
            say("? delete " + name);
            store.delete(List.of(name));
            say("done delete");
        }
    }

    private void unknown() throws Exception {
        long seed = seed();
        FaceChip chip = SmallEncoders.face("stranger", seed);
        say("? unknown " + seed);
        store.addUnknownFace(
                new NewUnknownFace(
                        new UUID(0, seed),
                        "door",
                        Instant.EPOCH,
                        encoded(chip),
                        Optional.of(chip)));
        say("done unknown");
    }

    private void reject() throws Exception {
        String name = SEEN.get(random.nextInt(SEEN.size()));
        long seed = seed();
        UUID person = store.find(name).orElseThrow().id();
        say("? reject " + seed + " " + name);
        store.reject(person, face("stranger", seed));
        say("done reject");
    }

    /** Forwards to the other encoder, or back to it. */
    private void other() throws IOException {
        ModelKey now = parts.choice().choice().inUse().orElseThrow();
        if (parts.choice().choice().previous().isPresent() && random.nextInt(3) > 0) {
            thread.rollBack();
        } else {
            thread.ask(Optional.of(otherThan(now)));
        }
    }

    private static ModelKey otherThan(ModelKey key) {
        ModelKey first = SmallEncoders.FIRST.key();
        return key.equals(first) ? SmallEncoders.SECOND.key() : first;
    }

    private void clear() throws Exception {
        ModelKey model =
                random.nextBoolean() ? SmallEncoders.FIRST.key() : SmallEncoders.SECOND.key();
        say("? clear " + model.id());
        try {
            thread.clear(model, random.nextInt(3) > 0);
            say("done clear");
        } catch (IllegalArgumentException e) {
            say("refused clear");
        }
    }

    /** Until what is on its way is in use, or for a while. */
    private void awaitUpdate() {
        long end = System.nanoTime() + AWAITED_NANOS;
        while (System.nanoTime() < end && thread.status().offer().isPresent()) {
            LockSupport.parkNanos(500_000);
        }
    }

    /** At once: a line in a pipe is whole or not there. */
    private void say(String line) {
        synchronized (lines) {
            try {
                lines.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                lines.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
