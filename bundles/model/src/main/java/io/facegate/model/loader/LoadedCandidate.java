// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.CandidateEncoder;
import io.facegate.api.model.ModelData;

import org.osgi.framework.BundleContext;

import java.util.Map;

/** An encoder that is tried, with what gives its memory back. */
public final class LoadedCandidate implements CandidateEncoder, AutoCloseable {
    private final FaceEncoder encoder;
    private final Runnable close;

    /**
     * @param close gives the encoder's memory back
     */
    public LoadedCandidate(FaceEncoder encoder, Runnable close) {
        this.encoder = encoder;
        this.close = close;
    }

    /**
     * The slot of the encoder to be tried, beside that of the encoder in use.
     *
     * @param inUse what that slot offers
     */
    public static ModelSlot<LoadedCandidate> slot(
            BundleContext context, ServiceOffer<?> inUse, ModelLoader<LoadedCandidate> loader) {
        return new ModelSlot<>(
                context,
                new ServiceOffer<>(
                        inUse.part() + "/candidate",
                        inUse.kind(),
                        inUse.format(),
                        inUse.preference(),
                        ModelData.CANDIDATE,
                        CandidateEncoder.class,
                        Map.of()),
                loader);
    }

    @Override
    public FaceEncoder encoder() {
        return encoder;
    }

    @Override
    public void close() {
        close.run();
    }

    @Override
    public String toString() {
        return encoder.toString();
    }
}
