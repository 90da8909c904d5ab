// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Asks drivers through the C library: Java 17 has no call for it. */
final class LibC implements Kernel {
    private static final int READ_AND_WRITE = 02;
    private static final int NON_BLOCKING = 04000;
    private static final int CLOSE_ON_EXEC = 02000000;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;

    /** The functions, which end in an exception where C sets errno. */
    interface Functions extends Library {
        int open(String path, int flags, Object... mode) throws LastErrorException;

        int ioctl(int file, NativeLong request, Object... argument) throws LastErrorException;

        int close(int file) throws LastErrorException;
    }

    private final Functions functions;

    /**
     * Loads the bridge to C.
     *
     * @param temporary where it is unpacked to, when nobody has said
     * @throws IOException it cannot be loaded
     */
    LibC(Path temporary) throws IOException {
        try {
            if (System.getProperty("jna.tmpdir") == null) {
                System.setProperty("jna.tmpdir", temporary.toString());
            }
            functions = Native.load("c", Functions.class);
        } catch (LinkageError e) {
            throw new IOException("the bridge to C cannot be loaded (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public Device open(Path path) throws IOException {
        int file;
        try {
            file = functions.open(path.toString(), READ_AND_WRITE | NON_BLOCKING | CLOSE_ON_EXEC);
        } catch (LastErrorException e) {
            throw new IOException(
                    switch (e.getErrorCode()) {
                        case EACCES -> "may not be opened: add the user to the group video";
                        case EBUSY -> "is in use by another program";
                        default -> "cannot be opened (error " + e.getErrorCode() + ")";
                    },
                    e);
        }
        return new Open(file);
    }

    private final class Open implements Device {
        private final int file;

        Open(int file) {
            this.file = file;
        }

        @Override
        public boolean ask(int request, ByteBuffer struct) {
            try {
                return functions.ioctl(
                                file, new NativeLong(Integer.toUnsignedLong(request)), struct)
                        >= 0;
            } catch (LastErrorException e) {
                return false;
            }
        }

        @Override
        public void close() {
            try {
                functions.close(file);
            } catch (LastErrorException e) {
                return; // it is closed also then: close(2)
            }
        }
    }
}
