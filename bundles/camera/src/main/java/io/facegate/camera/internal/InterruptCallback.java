// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * FFmpeg asks this during every blocking call whether to give up. One callback serves all sources,
 * told apart by number, because JavaCPP has room for ten instances of a callback class in one JVM.
 */
final class InterruptCallback extends AVIOInterruptCB.Callback_Pointer {
    private final Map<Long, Interrupt> interrupts = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    InterruptCallback() {
        super();
    }

    /** Lets {@code interrupt} end the blocking calls of a context that is not open yet. */
    long watch(AVFormatContext context, Interrupt interrupt) {
        long number = numbers.incrementAndGet();
        interrupts.put(number, interrupt);
        context.interrupt_callback().callback(this).opaque(new Handle(number));
        return number;
    }

    /** The context was freed. */
    void forget(long number) {
        interrupts.remove(number);
    }

    boolean idle() {
        return interrupts.isEmpty();
    }

    @Override
    public int call(Pointer opaque) {
        Interrupt interrupt = opaque == null ? null : interrupts.get(opaque.address());
        return interrupt == null || interrupt.due() ? 1 : 0;
    }

    /** A number in the place of an address; never followed. */
    private static final class Handle extends Pointer {
        Handle(long number) {
            address = number;
        }
    }
}
