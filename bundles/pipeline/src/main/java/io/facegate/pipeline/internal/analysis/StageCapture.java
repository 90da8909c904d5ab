// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.EncodingStore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Captures a complete set of stages, waiting for what a bundle update took away for a moment.
 * Thread-safe.
 */
public final class StageCapture implements AutoCloseable {
    /** Volatile references have no notification; a swap takes about this long anyway. */
    private static final long POLL_MILLIS = 5;

    private final StageSource source;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param source asked anew for every capture
     */
    public StageCapture(StageSource source) {
        this.source = source;
    }

    /**
     * Captures all stages of one moment.
     *
     * @param method detection method
     * @param waitMillis longest wait for missing ones; cut short by {@link #close()}
     * @param stale a service found closed, not to be captured again
     * @throws AnalysisException parts are missing still
     */
    public Stages capture(String method, long waitMillis, Optional<Object> stale)
            throws AnalysisException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (true) {
            List<String> missing = new ArrayList<>();
            Optional<Stages> stages = attempt(method, stale, missing);
            if (stages.isPresent()) {
                return stages.get();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || pause(left)) {
                throw AnalysisException.missing(missing);
            }
        }
    }

    /** The store alone, waited for as long. */
    public EncodingStore store(long waitMillis) throws AnalysisException {
        return await(source::store, "store", waitMillis);
    }

    /** The matcher alone, waited for as long. */
    public FaceMatcher matcher(long waitMillis) throws AnalysisException {
        return await(source::matcher, "matcher", waitMillis);
    }

    /** The encoder alone, waited for as long. */
    public FaceEncoder encoder(long waitMillis) throws AnalysisException {
        return await(source::encoder, "encoder", waitMillis);
    }

    private <T> T await(Supplier<Optional<T>> service, String part, long waitMillis)
            throws AnalysisException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (true) {
            Optional<T> found = service.get();
            if (found.isPresent()) {
                return found.get();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || pause(left)) {
                throw AnalysisException.missing(List.of(part));
            }
        }
    }

    /** Lets every wait end at once. */
    @Override
    public void close() {
        closed.countDown();
    }

    private Optional<Stages> attempt(String method, Optional<Object> stale, List<String> missing) {
        Optional<FaceDetector> detector = fresh(source.detector(method), stale);
        Optional<LandmarkDetector> landmarks = fresh(source.landmarks(), stale);
        Optional<FaceEncoder> encoder = fresh(source.encoder(), stale);
        Optional<FaceMatcher> matcher = fresh(source.matcher(), stale);
        Optional<EncodingStore> store = fresh(source.store(), stale);
        note(detector, "detector/" + method, missing);
        note(landmarks, "landmarks", missing);
        note(encoder, "encoder", missing);
        note(matcher, "matcher", missing);
        note(store, "store", missing);
        if (!missing.isEmpty()) {
            return Optional.empty();
        }
        String part = "encoder";
        try {
            var model = encoder.get().model();
            part = "store";
            var gallery = store.get().gallery();
            return Optional.of(
                    new Stages(
                            detector.get(),
                            landmarks.get(),
                            encoder.get(),
                            model,
                            matcher.get(),
                            fresh(source.trackers(), stale),
                            fresh(source.meter(), stale),
                            store.get(),
                            gallery));
        } catch (StaleServiceException e) {
            missing.add(part);
            return Optional.empty();
        }
    }

    private static <T> Optional<T> fresh(Optional<T> service, Optional<Object> stale) {
        return service.filter(s -> stale.isEmpty() || s != stale.get());
    }

    private static void note(Optional<?> service, String part, List<String> missing) {
        if (service.isEmpty()) {
            missing.add(part);
        }
    }

    /** Whether the wait is over because of {@link #close()} or an interrupt. */
    private boolean pause(long leftNanos) {
        try {
            long nanos = Math.min(leftNanos, TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            return closed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
