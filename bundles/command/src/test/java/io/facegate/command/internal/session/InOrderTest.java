// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
class InOrderTest {
    private final List<Integer> things = IntStream.range(0, 50).boxed().toList();

    @Test
    void resultsComeInOrderThoughTheFirstIsTheSlowest() {
        CountDownLatch second = new CountDownLatch(1);
        List<Integer> taken = new ArrayList<>();
        try (InOrder<Integer, Integer> work = new InOrder<>("test", 2, 8)) {
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
                    done -> taken.add(done.thing()),
                    () -> false);
        }
        assertThat(taken).isEqualTo(things);
    }

    @Test
    void onlySoManyAreBegunAhead() {
        AtomicInteger begun = new AtomicInteger();
        List<Integer> taken = new ArrayList<>();
        try (InOrder<Integer, Integer> work = new InOrder<>("test", 2, 8)) {
            work.run(
                    things,
                    i -> begun.incrementAndGet(),
                    done -> {
                        taken.add(done.thing());
                        assertThat(begun.get()).isLessThanOrEqualTo(taken.size() + 8);
                    },
                    () -> false);
        }
        assertThat(taken).hasSize(50);
    }

    @Test
    void whatWorkThrowsIsThrownByItsResult() {
        List<String> said = new ArrayList<>();
        try (InOrder<Integer, Integer> work = new InOrder<>("test", 2, 8)) {
            work.run(
                    List.of(1, 2),
                    i -> {
                        if (i == 1) {
                            throw new IOException("one");
                        }
                        throw new OutOfMemoryError("two");
                    },
                    done -> {
                        try {
                            done.result();
                        } catch (Exception e) {
                            said.add(e.getMessage());
                        }
                    },
                    () -> false);
        }
        assertThat(said).containsExactly("one", "java.lang.OutOfMemoryError: two");
    }

    @Test
    void stopLeavesTheRestUndone() {
        AtomicBoolean stop = new AtomicBoolean();
        List<Integer> taken = new ArrayList<>();
        try (InOrder<Integer, Integer> work = new InOrder<>("test", 2, 8)) {
            work.run(
                    things,
                    i -> i,
                    done -> {
                        taken.add(done.thing());
                        stop.set(done.thing() == 4);
                    },
                    stop::get);
        }
        assertThat(taken).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void nothingIsBegunAfterTheStop() {
        AtomicInteger begun = new AtomicInteger();
        try (InOrder<Integer, Integer> work = new InOrder<>("test", 2, 8)) {
            work.run(things, i -> begun.incrementAndGet(), done -> {}, () -> true);
            assertThat(work.isEmpty()).isTrue();
        }
        assertThat(begun).hasValue(0);
    }

    @Test
    void whoIsInterruptedIsToldAndStaysInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        try (InOrder<Integer, Integer> work = new InOrder<>("test", 1, 1)) {
            work.add(
                    1,
                    () -> {
                        never.await();
                        return 1;
                    });
            Thread.currentThread().interrupt();
            assertThatIllegalStateException().isThrownBy(() -> work.take(() -> false));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void whatWasBegunHasEndedAfterClosing() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        try (InOrder<Integer, Integer> work = new InOrder<>("test", 2, 8)) {
            work.add(
                    1,
                    () -> {
                        try {
                            begun.countDown();
                            never.await();
                            return 1;
                        } finally {
                            ended.set(true);
                        }
                    });
            assertThat(work.take(() -> begun.getCount() == 0)).isEmpty();
        }
        assertThat(ended).isTrue();
    }
}
