// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

@Timeout(30)
class OrderedWorkTest {
    private final List<Integer> things = IntStream.range(0, 50).boxed().toList();

    @Test
    void resultsComeInOrderThoughTheFirstIsTheSlowest() {
        CountDownLatch second = new CountDownLatch(1);
        List<Integer> taken = new ArrayList<>();
        try (OrderedWork work = new OrderedWork("test", 2, () -> false)) {
            work.run(
                    things,
                    i -> {
                        if (i == 0) {
                            second.await();
                        } else {
                            second.countDown();
                        }
                        return i;
                    },
                    (i, result) -> taken.add(i));
        }
        assertThat(taken).isEqualTo(things);
    }

    @Test
    void onlySoManyAreBegunAhead() {
        AtomicInteger begun = new AtomicInteger();
        List<Integer> taken = new ArrayList<>();
        try (OrderedWork work = new OrderedWork("test", 2, () -> false)) {
            work.run(
                    things,
                    i -> begun.incrementAndGet(),
                    (i, result) -> {
                        taken.add(i);
                        assertThat(begun.get()).isLessThanOrEqualTo(taken.size() + 8);
                    });
        }
        assertThat(taken).hasSize(50);
    }

    @Test
    void whatWorkThrowsIsThrownByItsResult() {
        List<String> said = new ArrayList<>();
        try (OrderedWork work = new OrderedWork("test", 2, () -> false)) {
            work.run(
                    List.of(1, 2),
                    i -> {
                        if (i == 1) {
                            throw new IOException("one");
                        }
                        throw new OutOfMemoryError("two");
                    },
                    (i, result) -> {
                        try {
                            result.call();
                        } catch (Exception e) {
                            said.add(e.getMessage());
                        }
                    });
        }
        assertThat(said).containsExactly("one", "java.lang.OutOfMemoryError: two");
    }

    @Test
    void stopLeavesTheRestUndone() {
        AtomicBoolean stop = new AtomicBoolean();
        List<Integer> taken = new ArrayList<>();
        try (OrderedWork work = new OrderedWork("test", 2, stop::get)) {
            work.run(
                    things,
                    i -> i,
                    (i, result) -> {
                        taken.add(i);
                        stop.set(i == 4);
                    });
        }
        assertThat(taken).containsExactly(0, 1, 2, 3, 4);
    }
}
