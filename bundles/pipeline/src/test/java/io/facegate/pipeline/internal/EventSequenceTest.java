// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

class EventSequenceTest {
    @TempDir Path folder;

    @Test
    void numbersRiseOneByOneFromOne() {
        EventSequence sequence = new EventSequence(folder.resolve("new/sequence"));
        assertThat(LongStream.range(0, 2500).map(i -> sequence.next()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2500).boxed().collect(Collectors.toList()));
        assertThat(sequence.condition()).isEmpty();
    }

    @Test
    void numbersGoOnAboveAfterARestart() {
        Path file = folder.resolve("sequence");
        long last = new EventSequence(file).next();
        assertThat(new EventSequence(file).next()).isGreaterThan(last);
    }

    @Test
    void numbersAreNeverRepeatedAfterKills() throws Exception {
        Path file = folder.resolve("sequence");
        long highest = 0;
        for (int kill = 0; kill < 3; kill++) {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Counting.class.getName(),
                                    file.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream()))) {
                long first = Long.parseLong(out.readLine());
                assertThat(first).isGreaterThan(highest);
                for (int i = 0; i < 1500 + 700 * kill; i++) {
                    highest = Long.parseLong(out.readLine());
                }
                process.toHandle().destroyForcibly();
                String line;
                while ((line = out.readLine()) != null) {
                    highest = line.isEmpty() ? highest : Math.max(highest, Long.parseLong(line));
                }
            }
            process.waitFor();
        }
        assertThat(new EventSequence(file).next()).isGreaterThan(highest);
    }

    @Test
    void numbersGoOnFromMemoryWhenTheFileCannotBeWritten() throws Exception {
        Path blocked = Files.writeString(folder.resolve("blocked"), "");
        EventSequence sequence = new EventSequence(blocked.resolve("sequence"));
        for (long i = 1; i <= 2500; i++) {
            assertThat(sequence.next()).isEqualTo(i);
        }
        assertThat(sequence.condition().orElseThrow().message()).contains("sequence");
    }

    @Test
    void damagedFileIsLeftBehindByFarAndRepaired() throws Exception {
        Path file = Files.writeString(folder.resolve("sequence"), "\0\0\0");
        long next = new EventSequence(file).next();
        assertThat(next).isGreaterThan(1_600_000_000_000L);
        assertThat(new EventSequence(file).next()).isGreaterThan(next);
    }

    /** Prints numbers until it is killed. */
    static final class Counting {
        private Counting() {}

        public static void main(String[] args) {
            EventSequence sequence = new EventSequence(Path.of(args[0]));
            while (!System.out.checkError()) {
                System.out.println(sequence.next());
            }
        }
    }
}
