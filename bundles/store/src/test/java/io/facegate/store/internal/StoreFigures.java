// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.store.NewEncoding;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process with the gateway's memory settings that opens a store and adds to it, beside bare
 * writes of one page with fdatasync in the same folder, and prints figures: ms to serve, ms of
 * adding one (median, 95th percentile), ms of a bare write, MB resident.
 */
final class StoreFigures {
    /** As the launcher starts the gateway. */
    static final List<String> OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-Xms32m",
                    "-Xmn24m",
                    "-XX:SurvivorRatio=2",
                    "-XX:MinHeapFreeRatio=10",
                    "-XX:MaxHeapFreeRatio=30",
                    "-XX:-ShrinkHeapInSteps",
                    "-Djava.awt.headless=true");

    private static final int ADDITIONS = 40;
    private static final int PAGE = 4096;

    private StoreFigures() {}

    /** Arguments: the file, the folder of chips or "", the key file when there is one. */
    public static void main(String[] args) throws Exception {
        Path path = Path.of(args[0]);
        List<FaceChip> chips = chips(args[1]);
        Optional<Path> key = args.length > 2 ? Optional.of(Path.of(args[2])) : Optional.empty();
        try (SqliteStore store = new SqliteStore(path, key)) {
            long start = System.nanoTime();
            store.open();
            double open = millisSince(start);
            if (store.gallery().people().isEmpty()) {
                throw new IllegalStateException(store.condition().message());
            }
            double[] adds = new double[ADDITIONS];
            double[] writes = new double[ADDITIONS];
            try (FileChannel bare =
                    FileChannel.open(
                            path.resolveSibling("bare"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE)) {
                for (int i = 0; i < ADDITIONS; i++) {
                    NewEncoding encoding =
                            new NewEncoding(
                                    Faces.descriptor(System.nanoTime()),
                                    Optional.of(chips.get(i % chips.size())),
                                    "new",
                                    "");
                    start = System.nanoTime();
                    store.add("Person " + i, List.of(encoding));
                    adds[i] = millisSince(start);
                    start = System.nanoTime();
                    bare.write(ByteBuffer.allocate(PAGE), (long) i * PAGE);
                    bare.force(false);
                    writes[i] = millisSince(start);
                }
            }
            Arrays.sort(adds);
            Arrays.sort(writes);
            System.out.printf(
                    java.util.Locale.ROOT,
                    "%.0f %.2f %.2f %.2f %d%n",
                    open,
                    adds[ADDITIONS / 2],
                    adds[ADDITIONS * 95 / 100],
                    writes[ADDITIONS / 2],
                    residentMegabytes());
        }
    }

    /** Real chips; made up ones, which do not compress, when there are none. */
    static List<FaceChip> chips(String folder) throws Exception {
        List<FaceChip> chips = new ArrayList<>();
        if (!folder.isEmpty()) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".chip.png")).sorted().toList()) {
                    chips.add(ChipPng.decode(Files.readAllBytes(file)));
                }
            }
        }
        return chips.isEmpty() ? List.of(Faces.chip(1)) : chips;
    }

    private static long residentMegabytes() throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
