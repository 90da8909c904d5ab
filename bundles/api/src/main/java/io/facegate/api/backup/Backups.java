// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.backup;

import org.osgi.annotation.versioning.ProviderType;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The backups the gateway makes by itself, in a folder of its own. Thread-safe; blocks. */
@ProviderType
public interface Backups {
    /**
     * All there are, the one made last first, whatever they are dated; each is read to its end
     * unless that was done before.
     */
    List<Backup> list() throws IOException;

    /** The good one that was made last. */
    Optional<Backup> newest() throws IOException;

    /**
     * Makes one now, whether the gallery changed or not, and reads it back. Of more than configured
     * the oldest go.
     *
     * @throws IOException it could not be written or was not the same when read back; none of the
     *     earlier ones was removed
     */
    Backup make() throws IOException;
}
