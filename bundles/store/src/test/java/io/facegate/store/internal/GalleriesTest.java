// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

class GalleriesTest {
    private static final int FULL = GalleryBlock.CAPACITY;

    private static Person person(String name) {
        return new Person(UUID.nameUUIDFromBytes(name.getBytes()), name, Instant.EPOCH, 1);
    }

    private static Gallery added(Gallery gallery, String name, long seed, int count) {
        List<FaceDescriptor> descriptors =
                LongStream.range(seed, seed + count).mapToObj(Faces::descriptor).toList();
        return Galleries.added(gallery, person(name), descriptors);
    }

    private static List<GalleryBlock> blocks(Gallery gallery) {
        return gallery.section(Faces.MODEL).map(GallerySection::blocks).orElse(List.of());
    }

    /** Blocks of the second that are not the first's. */
    private static int fresh(Gallery before, Gallery after) {
        Set<GalleryBlock> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(blocks(before));
        return (int) blocks(after).stream().filter(block -> !known.contains(block)).count();
    }

    @Test
    void addingCopiesTheLastBlockOnly() {
        Gallery before = added(Gallery.EMPTY, "a", 0, 3 * FULL + 1);
        Gallery after = added(before, "b", -1, 1);
        assertThat(blocks(before)).hasSize(4);
        assertThat(blocks(after)).hasSize(4);
        assertThat(fresh(before, after)).isEqualTo(1);
        assertThat(blocks(before).get(3).size()).isEqualTo(1);

        Gallery full = added(after, "b", -2 - FULL, FULL - 2);
        assertThat(blocks(full)).hasSize(4);
        assertThat(fresh(full, added(full, "c", 9, 1))).isEqualTo(1);
    }

    @Test
    void deletingCopiesTheBlocksThatHeldThePersonOnly() {
        Gallery gallery = Gallery.EMPTY;
        for (int i = 0; i < 8; i++) {
            gallery = added(gallery, "p" + i, 10_000 * i, FULL / 2);
        }
        Gallery after = Galleries.removed(gallery, Set.of(person("p2").id()));
        assertThat(fresh(gallery, after)).isEqualTo(1);
        assertThat(blocks(after)).hasSize(4);
        assertThat(fresh(gallery, Galleries.renamed(gallery, person("p3")))).isZero();
    }

    @Test
    void manyChangesLeaveTheOrderAndFewBlocks() {
        Random random = new Random(1);
        Gallery gallery = Gallery.EMPTY;
        List<String> names = new ArrayList<>();
        List<float[]> rows = new ArrayList<>();
        List<String> owners = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String name = "p" + random.nextInt(20);
            if (random.nextInt(4) == 0 && names.contains(name)) {
                gallery = Galleries.removed(gallery, Set.of(person(name).id()));
                names.remove(name);
                for (int row = rows.size() - 1; row >= 0; row--) {
                    if (owners.get(row).equals(name)) {
                        rows.remove(row);
                        owners.remove(row);
                    }
                }
            } else {
                int count = 1 + random.nextInt(200);
                gallery = added(gallery, name, 1000L * i, count);
                if (!names.contains(name)) {
                    names.add(name);
                }
                for (int n = 0; n < count; n++) {
                    rows.add(Faces.values(1000L * i + n, 128));
                    owners.add(name);
                }
            }
            check(gallery, rows, owners);
        }
    }

    private static void check(Gallery gallery, List<float[]> rows, List<String> owners) {
        if (rows.isEmpty()) {
            assertThat(gallery.sections()).isEmpty();
            return;
        }
        GallerySection section = gallery.section(Faces.MODEL).orElseThrow();
        assertThat(section.size()).isEqualTo(rows.size());
        float[] all = Faces.vectors(section);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(section.people().get(section.owner(i)).name()).isEqualTo(owners.get(i));
            if (all[i * 128] != rows.get(i)[0] || all[i * 128 + 127] != rows.get(i)[127]) {
                throw new AssertionError("encoding " + i + " is another");
            }
        }
        assertThat(section.blocks().size()).isLessThanOrEqualTo(1 + 2 * rows.size() / FULL);
    }
}
