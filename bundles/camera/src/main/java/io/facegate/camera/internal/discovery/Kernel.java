// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Questions to drivers of devices. */
interface Kernel {
    /**
     * Opens a device without waiting for anything.
     *
     * @throws IOException it may not or cannot be opened; the message is the reason alone
     */
    Device open(Path path) throws IOException;

    /** An open device. */
    interface Device extends AutoCloseable {
        /**
         * Calls {@code ioctl(2)}.
         *
         * @param struct read and written by the driver, as a whole, in the machine's byte order
         * @return false when the driver knows no such question, or has no more answers to it
         */
        boolean ask(int request, ByteBuffer struct);

        @Override
        void close();
    }
}
