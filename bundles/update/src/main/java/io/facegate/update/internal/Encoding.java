// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.store.KeptFace;
import io.facegate.api.store.LaterEncoding;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.StoreException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Encodes everything kept with a model, from the chips, in batches that are durable one after the
 * other: what was done before the end of a process is not done again.
 */
final class Encoding {
    private static final Logger LOG = LoggerFactory.getLogger(Encoding.class);

    /** Faces that become durable at a time. */
    private static final int BATCH = 8;

    /** Faces that are encoded at a time: a frame that comes meanwhile shares the processor. */
    private static final int AT_ONCE = 4;

    private final Reencoding store;
    private final FaceEncoder encoder;
    private final FreeTime time;

    Encoding(Reencoding store, FaceEncoder encoder, FreeTime time) {
        this.store = store;
        this.encoder = encoder;
        this.time = time;
    }

    /**
     * Blocks until everything that can be is encoded.
     *
     * @param done told of the faces of each batch
     * @param stopped asked before each batch whether to give up
     * @return number of faces that could not be encoded
     */
    int run(IntConsumer done, BooleanSupplier stopped) throws StoreException, InterruptedException {
        int failed = 0;
        for (KeptFace.Owner owner : KeptFace.Owner.values()) {
            long after = 0;
            while (!stopped.getAsBoolean()) {
                List<KeptFace> faces = store.unencoded(encoder.model().key(), owner, after, BATCH);
                if (faces.isEmpty()) {
                    break;
                }
                List<LaterEncoding> encodings = new ArrayList<>();
                int looked = 0;
                while (looked < faces.size() && !stopped.getAsBoolean()) {
                    int to = Math.min(faces.size(), looked + AT_ONCE);
                    encodings.addAll(encoded(faces.subList(looked, to)));
                    looked = to;
                    time.await();
                }
                store.add(encodings);
                failed += looked - encodings.size();
                after = faces.get(faces.size() - 1).id();
                done.accept(looked);
            }
        }
        return failed;
    }

    private List<LaterEncoding> encoded(List<KeptFace> faces) {
        try {
            List<FaceDescriptor> descriptors =
                    encoder.encode(faces.stream().map(KeptFace::chip).toList());
            List<LaterEncoding> encodings = new ArrayList<>();
            for (int i = 0; i < faces.size(); i++) {
                KeptFace face = faces.get(i);
                encodings.add(new LaterEncoding(face.owner(), face.id(), descriptors.get(i)));
            }
            return encodings;
        } catch (IllegalArgumentException e) {
            if (faces.size() > 1) {
                return faces.stream().flatMap(face -> encoded(List.of(face)).stream()).toList();
            }
            LOG.warn(
                    "Face {} cannot be encoded with {}: {}",
                    faces.get(0).id(),
                    encoder.model().id(),
                    e.getMessage());
            return List.of();
        }
    }
}
