// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import org.bytedeco.javacpp.Pointer;

import java.util.function.Function;

/**
 * An object in native memory. {@link #close()} marks it closed and returns at once; the memory is
 * freed then, or by the last call still running.
 */
abstract class NativeObject<P extends Pointer> implements AutoCloseable {
    private final P pointer;
    private final Object turn = new Object();
    private int calls;
    private boolean closed;

    NativeObject(P pointer) {
        this.pointer = pointer;
        pointer.retainReference(); // a PointerScope open on this thread must not free it
    }

    /** Frees the memory as soon as no call uses it. Does nothing the second time. */
    @Override
    public final void close() {
        boolean free;
        synchronized (this) {
            free = !closed && calls == 0;
            closed = true;
        }
        if (free) {
            pointer.releaseReference();
        }
    }

    /** Runs a native call; any number of them may run at once. */
    final <R> R call(Function<P, R> body) {
        enter();
        try {
            return DlibException.translate(() -> body.apply(pointer));
        } finally {
            leave();
        }
    }

    /** Runs a native call that changes the object: one after the other. */
    final <R> R callInTurn(Function<P, R> body) {
        return call(
                p -> {
                    synchronized (turn) {
                        return body.apply(p);
                    }
                });
    }

    private synchronized void enter() {
        if (closed) {
            throw new IllegalStateException(getClass().getSimpleName() + " is closed");
        }
        calls++;
    }

    private void leave() {
        boolean free;
        synchronized (this) {
            calls--;
            free = closed && calls == 0;
        }
        if (free) {
            pointer.releaseReference();
        }
    }
}
