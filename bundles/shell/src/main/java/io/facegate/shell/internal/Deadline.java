// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The end of a bounded wait. */
final class Deadline {
    private static final long POLL_MILLIS = 4;

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /**
     * Asks until there is an answer, at least once.
     *
     * @return empty when the time is over, or the thread was interrupted (it stays so)
     */
    <T> Optional<T> await(Supplier<Optional<T>> question) {
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent() || System.nanoTime() - end >= 0) {
                return answer;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }
}
