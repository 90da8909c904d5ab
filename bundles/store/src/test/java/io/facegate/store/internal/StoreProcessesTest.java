// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoredEncoding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Processes that die, and processes that write at the same time. */
class StoreProcessesTest {
    private static final int KILLS = 20;

    @TempDir Path folder;

    @Test
    void whatWasAcknowledgedBeforeAKillIsThereAndNothingIsHalfDone() throws Exception {
        Path path = folder.resolve("facegate.db");
        List<String> acknowledged = new ArrayList<>();
        Random random = new Random();
        for (int kill = 0; kill < KILLS; kill++) {
            Path output = folder.resolve("output" + kill);
            Process process = AddingProcess.start(path, "P" + kill, Integer.MAX_VALUE, output);
            awaitLine(process, output);
            assertThat(process.waitFor(random.nextInt(200), TimeUnit.MILLISECONDS)).isFalse();
            process.destroyForcibly().waitFor();
            assertThat(process.exitValue()).isEqualTo(137);
            acknowledged.addAll(AddingProcess.lines(output));
            assertWhole(path, acknowledged);
        }
        System.out.println(
                acknowledged.size() + " acknowledged changes survived " + KILLS + " kills");
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
    }

    private static void awaitLine(Process process, Path output) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (AddingProcess.lines(output).isEmpty()) {
            assertThat(process.isAlive() && System.nanoTime() < end).isTrue();
            process.waitFor(5, TimeUnit.MILLISECONDS);
        }
    }

    private static void assertWhole(Path path, List<String> acknowledged) throws Exception {
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            store.check();
            assertThat(store.condition().level()).isEqualTo(Level.OK);
            List<StoredEncoding> all = new ArrayList<>();
            for (Person person : store.gallery().people()) {
                all.addAll(store.encodings(person.id()));
            }
            assertThat(all).allMatch(StoredEncoding::hasChip);
            Map<String, Long> counts =
                    all.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            StoredEncoding::source, Collectors.counting()));
            assertThat(counts.keySet()).containsAll(acknowledged);
            assertThat(counts.values()).allMatch(n -> n == AddingProcess.EACH);
        }
    }

    @Test
    void twoProcessesWriteTheSameFile() throws Exception {
        int changes = 40;
        Path path = folder.resolve("facegate.db");
        SqliteStoreTest.opened(path).close();
        Path output = folder.resolve("output");
        Process process = AddingProcess.start(path, "Other", changes, output);
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            awaitLine(process, output);
            for (int i = 0; i < changes; i++) {
                store.add("Own", List.of(Faces.encoding(i)));
            }
            assertThat(process.waitFor()).isZero();
            store.poll();

            assertThat(store.find("Own").orElseThrow().encodings()).isEqualTo(changes);
            assertThat(store.find("Other").orElseThrow().encodings())
                    .isEqualTo(changes * AddingProcess.EACH);
            assertThat(store.gallery().section(Faces.MODEL).orElseThrow().size())
                    .isEqualTo(changes * (1 + AddingProcess.EACH));
        }
    }
}
