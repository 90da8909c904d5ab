// SPDX-License-Identifier: Apache-2.0
package io.facegate.start.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Frames over a connected socket. Any number of threads may send and one receive, at the same time.
 * Closes the socket with itself.
 */
public final class Connection implements AutoCloseable {
    private static final int HEAD = 5;

    private final SocketChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(HEAD);

    public Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Sends a frame; blocks while the other side does not read.
     *
     * @throws IllegalArgumentException the content is too long
     * @throws IOException the other side is gone
     */
    public void send(FrameType type, byte[] content, int offset, int length) throws IOException {
        if (length > type.limit()) {
            throw new IllegalArgumentException(type + " of " + length + " bytes");
        }
        ByteBuffer frame = ByteBuffer.allocate(HEAD + length);
        frame.put(type.code()).putInt(length).put(content, offset, length).flip();
        synchronized (channel) {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }
    }

    /** Sends a text, cut to what a frame may hold. */
    public void send(FrameType type, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        send(type, content, 0, Math.min(content.length, type.limit()));
    }

    /**
     * The next frame; waits for it.
     *
     * @return null when the other side has closed the connection
     * @throws ProtocolException no frame, or one that is too long; nothing more can be received
     * @throws IOException the connection broke
     */
    public Frame receive() throws IOException {
        if (!fill(head.clear(), true)) {
            return null;
        }
        FrameType type = FrameType.of(head.get());
        int length = head.getInt();
        if (length < 0 || length > type.limit()) {
            throw new ProtocolException("a frame of a command is too long");
        }
        ByteBuffer content = ByteBuffer.allocate(length);
        fill(content, false);
        return new Frame(type, content.array());
    }

    private boolean fill(ByteBuffer buffer, boolean mayEnd) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                if (mayEnd && buffer.position() == 0) {
                    return false;
                }
                throw new ProtocolException("the connection ended within a frame");
            }
        }
        buffer.flip();
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
