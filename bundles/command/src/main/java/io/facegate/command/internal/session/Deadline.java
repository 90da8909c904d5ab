// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The end of a bounded wait. */
public final class Deadline {
    private static final long POLL_MILLIS = 4;

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    public static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /** As {@link #await(Supplier, BooleanSupplier)}, with nobody to give up earlier. */
    public <T> Optional<T> await(Supplier<Optional<T>> question) {
        return await(question, () -> false);
    }

    /**
     * Asks until there is an answer, at least once.
     *
     * @param over whether to give up already
     * @return empty when the time is over, or the thread was interrupted (it stays so)
     */
    public <T> Optional<T> await(Supplier<Optional<T>> question, BooleanSupplier over) {
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent() || System.nanoTime() - end >= 0 || over.getAsBoolean()) {
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
