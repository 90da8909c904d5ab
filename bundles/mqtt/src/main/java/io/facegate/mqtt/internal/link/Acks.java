// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.link;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The acknowledgements that one link still waits for. Thread-safe. */
public final class Acks {

    private int pending;

    /** What became of one message. */
    public final class Ack {
        private volatile boolean done;

        /** Whether the broker acknowledged it. */
        public boolean done() {
            return done;
        }

        /** The broker acknowledged it. */
        void succeeded() {
            done = true;
            finished();
        }

        /** It will not be acknowledged. */
        void finished() {
            synchronized (Acks.this) {
                pending--;
                Acks.this.notifyAll();
            }
        }
    }

    /** One more to wait for. */
    synchronized Ack add() {
        pending++;
        return new Ack();
    }

    /** Makes those who wait look at the link. */
    synchronized void wake() {
        notifyAll();
    }

    /**
     * Waits until all are there.
     *
     * @param hurry once true, no longer than {@code hurryMillis} from then
     * @param broken null while the link works, what is wrong otherwise
     */
    synchronized void await(
            long millis, BooleanSupplier hurry, long hurryMillis, Supplier<LinkException> broken)
            throws LinkException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        boolean hurried = false;
        while (true) {
            LinkException failure = broken.get();
            if (failure != null) {
                throw failure;
            }
            if (pending == 0) {
                return;
            }
            if (!hurried && hurry.getAsBoolean()) {
                hurried = true;
                deadline = Math.min(deadline, System.nanoTime() + hurryMillis * 1_000_000);
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new LinkException("the broker does not acknowledge");
            }
            try {
                wait(Math.min(left, 100));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LinkException("interrupted", e);
            }
        }
    }
}
