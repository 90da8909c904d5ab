// SPDX-License-Identifier: Apache-2.0
package io.facegate.tracker.internal;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.status.StaleServiceException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All trackers that are not closed yet, so that they end with their service. Thread-safe. */
final class OpenTrackers implements AutoCloseable {
    private final Set<CorrelationBoxTracker> open = new HashSet<>();
    private boolean closed;

    /** A tracker of what is in the box; see {@link io.facegate.api.tracker.BoxTrackers#follow}. */
    CorrelationBoxTracker follow(Frame frame, Box box) {
        synchronized (open) {
            if (closed) {
                throw new StaleServiceException("the tracker service was closed");
            }
        }
        CorrelationBoxTracker tracker = new CorrelationBoxTracker(frame, box, this::forget);
        synchronized (open) {
            if (!closed) {
                open.add(tracker);
                return tracker;
            }
        }
        tracker.close();
        throw new StaleServiceException("the tracker service was closed");
    }

    /** Closes all; no more are made. */
    @Override
    public void close() {
        List<CorrelationBoxTracker> left;
        synchronized (open) {
            closed = true;
            left = List.copyOf(open);
        }
        left.forEach(CorrelationBoxTracker::close);
    }

    private void forget(CorrelationBoxTracker tracker) {
        synchronized (open) {
            open.remove(tracker);
        }
    }
}
