// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;
import io.facegate.matcher.internal.Galleries.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

class PrunedScanTest {
    private static final int[] DIMENSIONS = {128, 128, 128, 1, 2, 7, 64, 130, 512};
    private static final int[] NEIGHBOURS = {1, 2, 3, 5, 17, 100, 5000};

    static List<Kernel> kernels() {
        return Kernel.all();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyAnswerIsThatOfThePlainLoop(Kind kind) {
        Random random = new Random(kind.ordinal());
        for (Kernel kernel : kernels()) {
            PrunedScan scan = new PrunedScan(kernel);
            for (int i = 0; i < 6; i++) {
                int dimension = DIMENSIONS[random.nextInt(DIMENSIONS.length)];
                int size = 1 + random.nextInt(random.nextBoolean() ? 50 : 1500);
                int people = 1 + random.nextInt(random.nextBoolean() ? 3 : size);
                GallerySection section = Galleries.section(kind, size, dimension, people, random);
                for (int face = 0; face < 2; face++) {
                    compare(scan, section, face(kind, section, random), random);
                }
            }
        }
    }

    /** Anywhere, at an encoding, or near one. */
    private static float[] face(Kind kind, GallerySection section, Random random) {
        float[] face = Galleries.encoding(kind, section.dimension(), random);
        if (random.nextBoolean()) {
            float[] row = Galleries.row(section, random.nextInt(section.size()));
            float part = random.nextBoolean() ? 0 : random.nextFloat();
            for (int i = 0; i < face.length; i++) {
                face[i] = part * face[i] + (1 - part) * row[i];
            }
        }
        return face;
    }

    private static void compare(
            PrunedScan scan, GallerySection section, float[] face, Random random) {
        float[] row = Galleries.row(section, random.nextInt(section.size()));
        double there = Distance.between(face, row, 0);
        for (double tolerance :
                new double[] {0.6, there, Math.nextDown(there), 1.5 * there + 0.1}) {
            for (Strategy strategy : Strategy.values()) {
                int k = NEIGHBOURS[random.nextInt(NEIGHBOURS.length)];
                Match expected = PlainScan.match(face, section, strategy, tolerance, k);
                assertThat(scan.match(face, section, strategy, tolerance, k))
                        .as("%s, tolerance %s, k %d", strategy, tolerance, k)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void answersStayRightWhileBlocksChange(Kernel kernel) {
        Random random = new Random(7);
        PrunedScan scan = new PrunedScan(kernel);
        GallerySection section = Galleries.section(Kind.CLUSTERED, 3000, 128, 300, random);
        for (int i = 0; i < 20; i++) {
            int at = random.nextInt(section.blocks().size());
            int rows = 1 + random.nextInt(GalleryBlock.CAPACITY);
            section =
                    Galleries.with(section, at, Galleries.block(Kind.CLUSTERED, rows, 128, random));
            compare(scan, section, face(Kind.CLUSTERED, section, random), random);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void noBoundIsAboveTheDistanceAndAllInstructionsGiveTheSame(Kind kind) {
        Random random = new Random(11);
        for (int dimension : new int[] {1, 5, 128, 1024}) {
            GallerySection section =
                    Galleries.section(kind, GalleryBlock.CAPACITY, dimension, 1, random);
            float[] face = face(kind, section, random);
            List<float[]> bounds = new ArrayList<>();
            for (Kernel kernel : kernels()) {
                bounds.add(bounds(kernel, face, section));
            }
            assertThat(bounds).allSatisfy(b -> assertThat(b).isEqualTo(bounds.get(0)));
            for (int i = 0; i < section.size(); i++) {
                assertThat((double) bounds.get(0)[i])
                        .isLessThanOrEqualTo(Distance.between(face, Galleries.row(section, i), 0));
            }
        }
    }

    private static float[] bounds(Kernel kernel, float[] face, GallerySection section) {
        float[] all = new float[section.size()];
        int stride = GalleryBlock.CAPACITY;
        int blocks = section.blocks().size();
        ByteBuffer memory = QuantisedSections.aligned(Candidates.bytes(section));
        QuantisedSection quantised = new QuantisedSections().of(section);
        kernel.lowerBounds(face, quantised.addresses(), stride, Kernel.address(memory));
        int at = 0;
        for (int b = 0; b < blocks; b++) {
            int rows = section.blocks().get(b).size();
            memory.order(ByteOrder.nativeOrder()).asFloatBuffer().get(b * stride, all, at, rows);
            at += rows;
        }
        return all;
    }

    @Test
    void boundsAreCloseEnoughToPruneNearlyEverything() {
        Random random = new Random(3);
        GallerySection section = Galleries.section(Kind.SPREAD, 2000, 128, 100, random);
        float[] face = Galleries.encoding(Kind.SPREAD, 128, random);
        float[] bounds = bounds(kernels().get(0), face, section);
        for (int i = 0; i < bounds.length; i++) {
            assertThat(bounds[i])
                    .isGreaterThan(
                            (float) Distance.between(face, Galleries.row(section, i), 0) - 0.04f);
        }
    }

    @Test
    void blockThatIsSharedIsNotCopiedAgain() {
        Random random = new Random(5);
        QuantisedSections sections = new QuantisedSections();
        GallerySection section = Galleries.section(Kind.SPREAD, 4000, 128, 10, random);
        long[] before = sections.of(section).addresses();
        assertThat(sections.of(section).addresses()).isSameAs(before);
        int last = section.blocks().size() - 1;
        GallerySection after =
                Galleries.with(section, last, Galleries.block(Kind.SPREAD, 3, 128, random));
        long[] addresses = sections.of(after).addresses();
        for (int i = 0; i < last; i++) {
            assertThat(addresses[i]).isEqualTo(before[i]);
        }
        assertThat(addresses[last]).isNotEqualTo(before[last]);
    }

    @Test
    void threadsMatchWhileTheGalleryChanges() {
        Random random = new Random(13);
        PrunedScan scan = new PrunedScan(kernels().get(0));
        AtomicReference<GallerySection> current =
                new AtomicReference<>(Galleries.section(Kind.CLUSTERED, 3000, 128, 300, random));
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            Random own = new Random(t);
            threads.add(
                    CompletableFuture.runAsync(
                            () -> {
                                while (!over.get()) {
                                    GallerySection section = current.get();
                                    compare(scan, section, face(Kind.CLUSTERED, section, own), own);
                                }
                            },
                            task -> new Thread(task).start()));
        }
        for (int i = 0; i < 60; i++) {
            GallerySection section = current.get();
            int at = random.nextInt(section.blocks().size());
            GalleryBlock block = Galleries.block(Kind.CLUSTERED, 200, 128, random);
            current.set(Galleries.with(section, at, block));
        }
        over.set(true);
        threads.forEach(CompletableFuture::join);
    }

    @Test
    void copiesAreFreedWithTheirBlocks() throws Exception {
        Random random = new Random(17);
        PrunedScan scan = new PrunedScan(kernels().get(0));
        float[] face = Galleries.encoding(Kind.SPREAD, 128, random);
        GallerySection kept = Galleries.section(Kind.SPREAD, 5000, 128, 10, random);
        scan.match(face, kept, Strategy.NEAREST, 0.6, 1);
        long before = directMemory();
        long most = 0;
        for (int i = 0; i < 300; i++) {
            GalleryBlock block = Galleries.block(Kind.SPREAD, 500, 128, random);
            scan.match(face, Galleries.with(kept, 0, block), Strategy.NEAREST, 0.6, 1);
            most = Math.max(most, directMemory());
        }
        // 300 copies of 500 encodings would be 20 MB.
        assertThat(most).isGreaterThan(before);
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (directMemory() > before + 300_000) {
            System.gc();
            scan.match(face, kept, Strategy.NEAREST, 0.6, 1); // the next frame
            assertThat(System.nanoTime()).as("%d bytes left", directMemory()).isLessThan(deadline);
        }
        assertThat(scan.match(face, kept, Strategy.NEAREST, 0.6, 1).distance()).isPresent();
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
