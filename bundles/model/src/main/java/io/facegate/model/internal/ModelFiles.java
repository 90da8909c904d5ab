// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The files of one model bundle. */
interface ModelFiles {
    /**
     * Opens a file.
     *
     * @return the stream, to be closed by the caller; empty when there is no such file
     * @throws IOException also when the bundle was uninstalled
     */
    Optional<InputStream> open(String path) throws IOException;
}
