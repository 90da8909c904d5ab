// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.recognition.FrameResult;

import java.util.Optional;

/**
 * The newest result of the camera shown. With any camera allowed the first to send is kept until it
 * is silent for a while: pictures of two cameras would flicker. Thread-safe.
 */
final class LatestResult {
    /** A picture older than this is not shown any more. */
    static final long SILENCE_NANOS = 5_000_000_000L;

    private final String wanted;
    private String current;
    private FrameResult result;
    private long cameAt;
    private boolean fresh;
    private boolean stopped;

    /** {@code camera} may be empty: any. */
    LatestResult(String camera) {
        this.wanted = camera;
        this.current = camera;
    }

    synchronized void offer(FrameResult offered, long now) {
        String camera = offered.frame().sourceId();
        boolean silent = result == null || now - cameAt > SILENCE_NANOS;
        if (!stopped && (camera.equals(current) || wanted.isEmpty() && silent)) {
            current = camera;
            result = offered;
            cameAt = now;
            fresh = true;
            notifyAll();
        }
    }

    /**
     * Waits for a result not taken yet.
     *
     * @return empty when none came in time
     */
    synchronized Optional<FrameResult> take(long millis) throws InterruptedException {
        if (!fresh) {
            wait(Math.max(1, millis));
        }
        if (!fresh) {
            return Optional.empty();
        }
        fresh = false;
        return Optional.of(result);
    }

    /** Nobody will take any more; frees the frame. */
    synchronized void stop() {
        stopped = true;
        result = null;
        fresh = false;
    }

    /** Whether nothing came for a while; frees the frame then. */
    synchronized boolean isSilent(long now) {
        boolean silent = result == null || now - cameAt > SILENCE_NANOS;
        if (silent) {
            result = null;
            fresh = false;
            current = wanted;
        }
        return silent;
    }
}
