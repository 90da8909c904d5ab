// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import org.osgi.annotation.versioning.ProviderType;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Corrects wrong recognitions of live streams. What can be corrected is remembered in memory only:
 * the last recognitions, as many as the implementation has room for, since its start. Thread-safe.
 */
@ProviderType
public interface Corrections {
    /**
     * What can be corrected, the latest first. A track that was taken for several people one after
     * the other is there once for each of them; the people are in the gallery. Never blocks.
     */
    List<RecentRecognition> recent();

    /**
     * Says that the face of a track is not a person. It becomes a counter-example of the person,
     * durable when this returns; from the next frame on the track is somebody else's or nobody's,
     * and so are faces like it. Blocks for the disk.
     *
     * @param eventId id of the track, as in its events
     * @param person who the face is not; empty: who it was taken for last
     * @return the counter-example
     * @throws StoreException the recognition is not remembered (any more), or the store refuses
     */
    StoredEncoding reject(String eventId, Optional<UUID> person) throws StoreException;
}
