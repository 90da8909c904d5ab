// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelKey;
import io.facegate.api.model.UpdateStatus.GalleryComparison;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Faces of one value each, told by the nearest within 0.6. */
class LeaveOneOutTest {
    private static final Person ANN = new Person(new UUID(0, 1), "Ann", Instant.EPOCH, 2);
    private static final Person BOB = new Person(new UUID(0, 2), "Bob", Instant.EPOCH, 2);
    private static final ModelKey OLD = new ModelKey("old", "ab".repeat(32));
    private static final ModelKey NEW = new ModelKey("new", "cd".repeat(32));

    @Test
    void nobodyIsToldLessWell() throws Exception {
        GalleryComparison result =
                compare(new float[] {0, 0.5f, 3, 4}, new float[] {0, 0.2f, 3, 3.3f});
        assertThat(result).isEqualTo(new GalleryComparison(4, 2, 4, 0, 0, List.of()));
    }

    @Test
    void whoLosesAFaceIsNamed() throws Exception {
        GalleryComparison result =
                compare(new float[] {0, 0.5f, 3, 3.5f}, new float[] {0, 0.5f, 3, 4});
        assertThat(result).isEqualTo(new GalleryComparison(4, 4, 2, 0, 0, List.of(BOB.id())));
    }

    @Test
    void whoIsTakenForSomebodyElseIsNamed() throws Exception {
        GalleryComparison result =
                compare(new float[] {0, 9, 3, 3.5f}, new float[] {0, 3.1f, 3, 3.5f});
        assertThat(result.wrongBefore()).isZero();
        assertThat(result.wrongAfter()).isEqualTo(3);
        assertThat(result.worse()).containsExactlyInAnyOrder(ANN.id(), BOB.id());
    }

    @Test
    void faceThatIsMissingInTheNewModelDoesNotCountAgainstIt() throws Exception {
        GallerySection before = section(OLD, new int[] {0, 0, 0}, 0, 0.5f, 0.6f);
        GallerySection after = section(NEW, new int[] {0, 0}, 0, 0.5f);
        assertThat(
                        new LeaveOneOut(0.6, 0.6, () -> false, new FreeTime(() -> false))
                                .compare(before, after))
                .contains(new GalleryComparison(2, 3, 2, 0, 0, List.of()));
    }

    @Test
    void itGivesUpWhenStopped() throws Exception {
        GallerySection section = section(OLD, new int[] {0, 0, 1, 1}, 0, 0.5f, 3, 3.5f);
        AtomicInteger asked = new AtomicInteger();
        LeaveOneOut comparison =
                new LeaveOneOut(
                        0.6, 0.6, () -> asked.incrementAndGet() > 2, new FreeTime(() -> false));
        assertThat(comparison.compare(section, section)).isEmpty();
        assertThat(asked).hasValueLessThan(6);
    }

    private static GalleryComparison compare(float[] before, float[] after) throws Exception {
        int[] owners = {0, 0, 1, 1};
        return new LeaveOneOut(0.6, 0.6, () -> false, new FreeTime(() -> false))
                .compare(section(OLD, owners, before), section(NEW, owners, after))
                .orElseThrow();
    }

    private static GallerySection section(ModelKey model, int[] owners, float... values) {
        return new GallerySection(model, 1, List.of(ANN, BOB), owners, values);
    }
}
