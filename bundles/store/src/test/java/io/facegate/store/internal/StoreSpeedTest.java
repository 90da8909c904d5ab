// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Bounds are several times what was measured on an idle machine, for those that are not. */
class StoreSpeedTest {
    private static final int PEOPLE = 10_000;

    @TempDir Path folder;

    @Test
    void hundredThousandEncodingsAreServedSoonAndAddedToQuickly() throws Exception {
        Path path = folder.resolve("facegate.db");
        Bulk.fill(path, PEOPLE, 10);

        long start = System.nanoTime();
        try (SqliteStore store = SqliteStoreTest.opened(path)) {
            long open = millisSince(start);
            assertThat(store.gallery().section(Faces.MODEL).orElseThrow().size())
                    .isEqualTo(10 * PEOPLE);
            long[] adds = new long[15];
            for (int i = 0; i < adds.length; i++) {
                start = System.nanoTime();
                store.add("Person " + i, List.of(Faces.withChip(i, "new")));
                adds[i] = millisSince(start);
            }
            Arrays.sort(adds);
            System.out.println(
                    "100,000 encodings: served after "
                            + open
                            + " ms; one added in "
                            + adds[adds.length / 2]
                            + " ms (median), "
                            + adds[adds.length - 1]
                            + " ms (longest)");
            assertThat(open).isLessThan(5000);
            assertThat(adds[adds.length / 2]).isLessThan(250);
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
