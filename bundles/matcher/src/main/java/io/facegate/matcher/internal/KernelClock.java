// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.status.SystemClock;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Asks the kernel by adjtimex(2), in this bundle because it has a library that is there with every
 * gateway. By the error the kernel reckons with, as timedatectl does: the flag STA_UNSYNC is also
 * set by those who only want their hardware clock left alone.
 */
@Component
public final class KernelClock implements SystemClock {
    private static final Logger log = LoggerFactory.getLogger(KernelClock.class);

    /** What the kernel says, in microseconds, when nothing disciplines the clock. */
    private static final long UNKNOWN_MICROS = 16_000_000;

    private final LongSupplier maxErrorMicros;

    @Activate
    public KernelClock() {
        this(library());
    }

    KernelClock(LongSupplier maxErrorMicros) {
        this.maxErrorMicros = maxErrorMicros;
    }

    private static LongSupplier library() {
        try {
            Kernel.load();
            return KernelClock::maxErrorMicros;
        } catch (LinkageError e) {
            log.info("whether the clock is synchronised cannot be told: {}", e.getMessage());
            return () -> -1;
        }
    }

    @Override
    public Optional<Boolean> isSynchronized() {
        long error = maxErrorMicros.getAsLong();
        return error < 0 ? Optional.empty() : Optional.of(error < UNKNOWN_MICROS);
    }

    private static native long maxErrorMicros();
}
