// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.WorkCounters;
import io.facegate.pipeline.internal.analysis.Analysis;
import io.facegate.pipeline.internal.analysis.Search;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A mailbox of one frame, the latest wins, and the counters of what became of the frames.
 * Everything changes and is read under one lock, so every snapshot adds up. Thread-safe; one taker.
 */
final class Mailbox {
    private final Object lock = new Object();
    private Optional<Frame> waiting = Optional.empty();
    private boolean closed;
    private boolean awake;
    private long offered;
    private long accepted;
    private long superseded;
    private long recognized;
    private long noFace;
    private long skipped;
    private long failed;
    private long inProgress;
    private long events;
    private final long[] searched = new long[Search.values().length];
    private long encodedFaces;
    private final GateTally gates;

    /** Without gates of quality. */
    Mailbox() {
        this(false);
    }

    /**
     * @param qualityGates whether faces are judged
     */
    Mailbox(boolean qualityGates) {
        gates = new GateTally(qualityGates);
    }

    /**
     * Puts a frame in, in place of the one waiting.
     *
     * @return false when closed: the frame was neither taken nor counted
     */
    boolean offer(Frame frame) {
        synchronized (lock) {
            if (closed) {
                return false;
            }
            offered++;
            if (waiting.isPresent()) {
                superseded++;
            }
            waiting = Optional.of(frame);
            lock.notifyAll();
            return true;
        }
    }

    /** Takes the frame, waiting for one; empty after the time, {@link #wake()} or close. */
    Optional<Frame> take(long waitMillis) throws InterruptedException {
        synchronized (lock) {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (waiting.isEmpty() && !closed && !awake) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return Optional.empty();
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
            awake = false;
            if (closed || waiting.isEmpty()) {
                return Optional.empty();
            }
            Optional<Frame> taken = waiting;
            waiting = Optional.empty();
            accepted++;
            inProgress = 1;
            return taken;
        }
    }

    /** Lets the taker rest; until the time is over, {@link #wake()} or close. */
    void rest(long nanos) throws InterruptedException {
        synchronized (lock) {
            long deadline = System.nanoTime() + nanos;
            long left = nanos;
            while (left > 0 && !closed && !awake) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
                left = deadline - System.nanoTime();
            }
        }
    }

    /** The frame taken is done, without a look for faces. */
    void finish(Outcome outcome) {
        synchronized (lock) {
            inProgress = 0;
            switch (outcome) {
                case RECOGNIZED -> recognized++;
                case NO_FACE -> noFace++;
                case SKIPPED -> skipped++;
                case FAILED -> failed++;
            }
        }
    }

    /** The frame taken is done. */
    void finish(Analysis analysis) {
        synchronized (lock) {
            searched[analysis.search().ordinal()]++;
            encodedFaces += analysis.encodedFaces();
            gates.add(analysis);
            finish(analysis.outcome());
        }
    }

    /** An event is sent. */
    void countEvent() {
        synchronized (lock) {
            events++;
        }
    }

    /** Lets the taker look up from its wait. */
    void wake() {
        synchronized (lock) {
            awake = true;
            lock.notifyAll();
        }
    }

    /** Takes no more frames. */
    void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    /** Whether it takes no more frames. */
    boolean closed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Closes unless a frame waits; whether it is closed then. */
    boolean closeIfEmpty() {
        synchronized (lock) {
            closed |= waiting.isEmpty();
            return closed;
        }
    }

    /**
     * Counters of one moment: what became of the frames, how their faces were found, and which of
     * them counted.
     */
    record Counters(PipelineCounters frames, WorkCounters work, GateCounters gates) {}

    /** All counters of this moment. */
    Counters counters() {
        synchronized (lock) {
            PipelineCounters frames =
                    new PipelineCounters(
                            offered,
                            accepted,
                            superseded,
                            waiting.isPresent() ? 1 : 0,
                            recognized,
                            noFace,
                            skipped,
                            failed,
                            inProgress,
                            events);
            return new Counters(
                    frames,
                    new WorkCounters(
                            searched[Search.FULL.ordinal()],
                            searched[Search.REGIONS.ordinal()],
                            searched[Search.TRACKED.ordinal()],
                            encodedFaces),
                    gates.counters());
        }
    }
}
