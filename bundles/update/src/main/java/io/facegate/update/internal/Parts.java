// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.CandidateEncoder;
import io.facegate.api.model.ModelChoice;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Reencoding;

import java.util.List;
import java.util.Optional;

/** The parts of the gateway an update works with; each may come and go. */
interface Parts {
    ModelChoice choice();

    ModelRegistry registry();

    /** Bytes of an encoder's file; 0 when they are not known. */
    long fileBytes(ModelInfo model);

    /** What there is of memory. */
    MemoryRoom memory();

    /** The encoder in use; empty while none is registered. */
    Optional<FaceEncoder> encoder();

    /** Encoders that are tried. */
    List<CandidateEncoder> candidates();

    Optional<EncodingStore> store();

    Optional<Reencoding> reencoding();

    Optional<FaceMatcher> matcher();

    /** Whether a frame of any camera is worked on, or waits to be. */
    boolean framesInWork();

    /** As configured; each encoder's own while nobody tells. */
    Tolerances tolerances();
}
