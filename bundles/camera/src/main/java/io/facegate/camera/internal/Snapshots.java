// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Where one picture, which is replaced from time to time, is to be had. */
interface Snapshots extends Closeable {
    /**
     * The picture as a file; empty when it is the one of last time.
     *
     * @throws IOException it is not to be had now; the message says why and what to do
     */
    Optional<byte[]> fetch() throws IOException;
}
