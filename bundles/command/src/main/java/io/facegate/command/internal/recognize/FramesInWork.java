// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Recognizer;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Frames that are recognised at the same time, each on a thread of its own; the results come in the
 * order of the frames. For one thread that adds and takes.
 */
final class FramesInWork implements AutoCloseable {
    /** Frames read ahead, so that nobody waits for the decoder. */
    private static final int AHEAD = 2;

    /** What detection may take in all, at {@link #BYTES_PER_PIXEL} (measured) for each pixel. */
    private static final long MEMORY = 256L << 20;

    private static final int BYTES_PER_PIXEL = 16;
    private static final long POLL_MILLIS = 50;

    private final Recognizer recognizer;
    private final RecognitionOptions options;
    private final int capacity;
    private final ExecutorService workers;
    private final Queue<Work> work = new ArrayDeque<>();

    /** A result, and where in the source its frame was. */
    record Done(FrameResult result, long positionMicros) {}

    private record Work(Future<FrameResult> result, long positionMicros) {}

    /**
     * @param threads frames recognised at once, at least 1; with 1, no frame is read ahead
     */
    FramesInWork(Recognizer recognizer, RecognitionOptions options, int threads) {
        this.recognizer = recognizer;
        this.options = options;
        capacity = threads == 1 ? 1 : threads + AHEAD;
        AtomicInteger number = new AtomicInteger();
        workers =
                Executors.newFixedThreadPool(
                        threads,
                        task -> {
                            String name = "facegate-recognize-" + number.incrementAndGet();
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * How many frames like this one to recognise at once: one more than there are cores, since
     * encoders take one frame at a time; fewer where memory would not suffice.
     */
    static int threadsFor(Frame frame, RecognitionOptions options) {
        int doubling = 2 * options.detection().upsample();
        long bytes = ((long) frame.width() * frame.height() << doubling) * BYTES_PER_PIXEL;
        long fit = Math.max(1, MEMORY / bytes);
        return (int) Math.min(fit, Runtime.getRuntime().availableProcessors() + 1L);
    }

    /** Whether a result must be taken before the next frame is added. */
    boolean isFull() {
        return work.size() >= capacity;
    }

    boolean isEmpty() {
        return work.isEmpty();
    }

    void add(Frame frame, long positionMicros) {
        work.add(
                new Work(
                        workers.submit(() -> recognizer.recognize(frame, options)),
                        positionMicros));
    }

    /**
     * The result of the oldest frame; waits for it.
     *
     * @param stopped whether to wait no longer
     * @return empty when it was stopped before there was a result
     */
    Optional<Done> take(BooleanSupplier stopped) {
        Work oldest = work.remove();
        Optional<FrameResult> result = Optional.empty();
        while (result.isEmpty() && !stopped.getAsBoolean()) {
            result = poll(oldest.result());
        }
        return result.map(done -> new Done(done, oldest.positionMicros()));
    }

    private static Optional<FrameResult> poll(Future<FrameResult> result) {
        try {
            return Optional.of(result.get(POLL_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("recognising failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a frame was recognised", e);
        }
    }

    /** Gives up what was not begun; does not wait for what was. */
    @Override
    public void close() {
        workers.shutdownNow();
    }
}
