// SPDX-License-Identifier: Apache-2.0
package io.facegate.control.internal;

import io.facegate.start.control.Connection;
import io.facegate.start.control.FrameType;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Standard input of the caller, asked for piece by piece when the command reads. One thread reads,
 * another supplies.
 */
final class RemoteInput extends InputStream {
    private static final byte[] NOTHING = {};

    private final Connection connection;
    private byte[] piece = NOTHING;
    private int position;
    private boolean waiting;
    private boolean ended;

    RemoteInput(Connection connection) {
        this.connection = connection;
    }

    /** What came; nothing is its end. Kept only when it was asked for. */
    synchronized void supply(byte[] bytes) {
        if (waiting) {
            waiting = false;
            piece = bytes;
            position = 0;
            ended |= bytes.length == 0;
            notifyAll();
        }
    }

    /** Nothing will come any more. */
    synchronized void end() {
        ended = true;
        waiting = false;
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!ask()) {
            return -1;
        }
        synchronized (this) {
            int count = Math.min(length, piece.length - position);
            System.arraycopy(piece, position, bytes, offset, count);
            position += count;
            return count;
        }
    }

    @Override
    public synchronized int available() {
        return piece.length - position;
    }

    /** Returns whether there are bytes. */
    private boolean ask() throws IOException {
        synchronized (this) {
            if (position < piece.length) {
                return true;
            }
            if (ended) {
                return false;
            }
            waiting = true;
        }
        connection.send(FrameType.WANTED, NOTHING, 0, 0);
        synchronized (this) {
            while (waiting) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while waiting for standard input", e);
                }
            }
            return position < piece.length;
        }
    }
}
