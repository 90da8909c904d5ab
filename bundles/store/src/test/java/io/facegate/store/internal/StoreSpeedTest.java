// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.store.NewEncoding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The figures of docs/store.md. Bounds are several times what was measured on an idle machine, for
 * those that are not.
 */
class StoreSpeedTest {
    private static final int PEOPLE = 10_000;
    private static final int ROUNDS = Integer.getInteger("facegate.rounds", 1);
    private static final Path CHIPS = Path.of("../../../shared/golden/png");
    private static final int OPEN = 0;
    private static final int ADD = 1;

    @TempDir Path folder;

    @Test
    void hundredThousandEncodingsAreServedSoonAndAddedToQuickly() throws Exception {
        Path clear = folder.resolve("clear/facegate.db");
        Bulk.fill(clear, PEOPLE, 10);
        Path encrypted = Files.createDirectory(folder.resolve("encrypted")).resolve("facegate.db");
        Files.copy(clear, encrypted);
        Path key = folder.resolve("store.key");
        StoreKey.make(key);
        long start = System.nanoTime();
        SqliteStore store = new SqliteStore(encrypted, Optional.of(key));
        store.open();
        long encrypting = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        store.close();
        System.out.println("100,000 encodings without chips encrypted in " + encrypting + " ms");
        List<double[]> ofClear = new ArrayList<>();
        List<double[]> ofEncrypted = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ofClear.add(figures(clear));
            ofEncrypted.add(figures(encrypted, key.toString()));
        }
        double[] figures = told("clear", ofClear);
        double[] secret = told("encrypted", ofEncrypted);
        assertThat(figures[OPEN]).isLessThan(5000);
        assertThat(secret[OPEN]).isLessThan(10000);
        assertThat(figures[ADD]).isLessThan(250);
        assertThat(secret[ADD]).isLessThan(250);
    }

    @Test
    void chipsTakeHardlyMoreThanTheirPng() throws Exception {
        List<FaceChip> chips = StoreFigures.chips(chipFolder());
        Path path = folder.resolve("facegate.db");
        long bytes = 0;
        int count = 0;
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            for (; count < 200; count++) {
                Optional<FaceChip> chip = Optional.of(chips.get(count % chips.size()));
                bytes += ChipPng.encode(chip).orElseThrow().length;
                store.add(
                        "P",
                        List.of(new NewEncoding(Faces.descriptor(count), chip, "a photo", "")));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d chips of %d pictures: %d bytes of PNG each, %d bytes of the file with the"
                        + " encoding%n",
                count,
                chips.size(),
                bytes / count,
                Files.size(path) / count);
        assertThat(Files.size(path)).isLessThan(bytes * 5 / 4 + 100_000);
    }

    private static double[] told(String what, List<double[]> rounds) {
        double[] median = new double[rounds.get(0).length];
        for (int i = 0; i < median.length; i++) {
            int figure = i;
            median[i] =
                    rounds.stream()
                            .mapToDouble(r -> r[figure])
                            .sorted()
                            .toArray()[rounds.size() / 2];
        }
        System.out.printf(
                Locale.ROOT,
                "100,000 encodings, %s: served after %.0f ms; one with its chip added in %.1f ms"
                        + " (median), %.1f ms (95th percentile), beside %.1f ms of one page and"
                        + " fdatasync; %.0f MB resident (medians of %d processes)%n",
                what,
                median[0],
                median[1],
                median[2],
                median[3],
                median[4],
                rounds.size());
        return median;
    }

    private double[] figures(Path file, String... key) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(StoreFigures.OPTIONS);
        command.addAll(
                List.of(
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path"))),
                        StoreFigures.class.getName(),
                        file.toString(),
                        chipFolder()));
        command.addAll(List.of(key));
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String line =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(() -> read(errors)).isZero();
        return java.util.Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    /** Real chips, when the reference data is there. */
    private static String chipFolder() {
        return Files.isDirectory(CHIPS) ? CHIPS.toAbsolutePath().normalize().toString() : "";
    }
}
