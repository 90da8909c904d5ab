// SPDX-License-Identifier: Apache-2.0
package io.facegate.control.internal;

import io.facegate.start.control.Connection;
import io.facegate.start.control.Frame;
import io.facegate.start.control.FrameType;

import java.io.IOException;
import java.io.OutputStream;

/** Standard output or error of the caller. Blocks while the caller does not read. */
final class RemoteOutput extends OutputStream {
    private final Connection connection;
    private final FrameType type;
    private final Runnable gone;

    /**
     * @param gone told when the caller does not listen any more
     */
    RemoteOutput(Connection connection, FrameType type, Runnable gone) {
        this.connection = connection;
        this.type = type;
        this.gone = gone;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            for (int done = 0; done < length; done += Frame.CHUNK) {
                int part = Math.min(Frame.CHUNK, length - done);
                connection.send(type, bytes, offset + done, part);
            }
        } catch (IOException e) {
            gone.run();
            throw e;
        }
    }
}
