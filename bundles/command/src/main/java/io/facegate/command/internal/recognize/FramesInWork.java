// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Recognizer;
import io.facegate.command.internal.session.InOrder;

import java.util.Optional;
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

    private final Recognizer recognizer;
    private final RecognitionOptions options;
    private final InOrder<Long, FrameResult> work;

    /** A result, and where in the source its frame was. */
    record Done(FrameResult result, long positionMicros) {}

    /**
     * @param threads frames recognised at once, at least 1; with 1, no frame is read ahead
     */
    FramesInWork(Recognizer recognizer, RecognitionOptions options, int threads) {
        this.recognizer = recognizer;
        this.options = options;
        int capacity = threads == 1 ? 1 : threads + AHEAD;
        work = new InOrder<>("facegate-recognize", threads, capacity);
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
        return work.isFull();
    }

    boolean isEmpty() {
        return work.isEmpty();
    }

    void add(Frame frame, long positionMicros) {
        work.add(positionMicros, () -> recognizer.recognize(frame, options));
    }

    /**
     * The result of the oldest frame; waits for it.
     *
     * @param stopped whether to wait no longer
     * @return empty when it was stopped before there was a result
     */
    Optional<Done> take(BooleanSupplier stopped) {
        return work.take(stopped).map(done -> new Done(result(done), done.thing()));
    }

    private static FrameResult result(InOrder.Done<Long, FrameResult> done) {
        try {
            return done.result();
        } catch (Exception e) {
            throw new IllegalStateException("recognising failed: " + e, e);
        }
    }

    /** Gives up what was not begun and waits a moment for the rest. */
    @Override
    public void close() {
        work.close();
    }
}
