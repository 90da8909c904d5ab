// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.store.NewEncoding;
import io.facegate.faultydisk.ChildJvm;
import io.facegate.model.internal.TwoModels;
import io.facegate.onnx.internal.SmallEncoders;
import io.facegate.store.internal.UpdateAudit.Expected;
import io.facegate.update.internal.UpdatingProcess;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Data folders with people, processes that update their encoder, and what is left of them. */
final class UpdateRig {
    private static final int FACES = 3;

    private final Path scratch;
    private final Path cache;
    private final Random random;
    private final List<FaceEncoder> encoders;
    private final Expected expected;
    private final Set<Long> seen = new TreeSet<>();
    private Optional<Path> key = Optional.empty();
    private int copies;

    UpdateRig(Path folder, Random random) throws Exception {
        scratch = Files.createDirectory(folder.resolve("scratch"));
        cache = Files.createDirectory(folder.resolve("cache"));
        this.random = random;
        encoders = SmallEncoders.load(cache);
        expected = new Expected(encoders);
    }

    Path scratch() {
        return scratch;
    }

    /** Seeds of the people who stay. */
    Set<Long> seen() {
        return seen;
    }

    /** Stores are encrypted from now on. */
    void encrypt() throws Exception {
        Path file = scratch.resolve("store.key");
        StoreKey.make(file);
        key = Optional.of(file);
    }

    /** People with the first encoder, which is in use; the second one is new. */
    UpdateLedger fill(Path data) throws Exception {
        FaceEncoder first = encoders.get(0);
        Map<String, Set<Long>> faces = new TreeMap<>();
        try (SqliteStore store = new SqliteStore(data.resolve("facegate.db"), key)) {
            store.open();
            long seed = 1;
            for (String name : UpdatingProcess.SEEN) {
                for (int i = 0; i < FACES; i++, seed++) {
                    FaceChip chip = SmallEncoders.face(name, seed);
                    store.add(
                            name,
                            List.of(
                                    new NewEncoding(
                                            first.encode(List.of(chip)).get(0),
                                            Optional.of(chip),
                                            "s" + seed,
                                            "")));
                    faces.computeIfAbsent(name, n -> new TreeSet<>()).add(seed);
                    seen.add(seed);
                }
            }
        }
        TwoModels.choose(data, first.model().key());
        return new UpdateLedger(faces, first.model().id());
    }

    /** A process that works on a folder, told to begin. */
    ChildJvm start(Path data, String changes, String lines, Map<String, String> environment)
            throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                data.toString(),
                                "" + random.nextLong(),
                                changes,
                                lines,
                                cache.toString()));
        key.ifPresent(file -> arguments.add(file.toString()));
        ChildJvm process =
                ChildJvm.start(
                        UpdatingProcess.class, scratch.resolve("errors"), environment, arguments);
        assertThat(process.line()).as(process::errors).isEqualTo("ready");
        process.tell("go");
        return process;
    }

    UpdateAudit audit(Path data) throws Exception {
        return UpdateAudit.of(data, key, expected);
    }

    /** The next process ends what is begun, and everybody is told by the encoder in use. */
    void finish(Path data, UpdateLedger ledger) throws Exception {
        ledger.begin();
        try (ChildJvm process = start(data, "0", "-", Map.of())) {
            process.rest().forEach(ledger::read);
            assertThat(process.exitCode()).as(process::errors).isZero();
        }
        UpdateAudit audit = audit(data);
        ledger.check(audit);
        ledger.assertComplete(audit);
    }

    /** Of a folder, so that the next process has to recover the files itself. */
    Path copy(Path data) throws Exception {
        Path copy = Files.createDirectory(scratch.resolve("copy" + copies++));
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(f -> !f.toString().endsWith("-shm")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }
}
