// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.ModelData;
import io.facegate.dlib.DlibException;
import io.facegate.dlib.FaceChips;
import io.facegate.dlib.ResNetFaceEncoder;
import io.facegate.model.loader.EncoderSelfTest;
import io.facegate.model.loader.LoadedCandidate;
import io.facegate.model.loader.ModelLoader;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.model.loader.SelfTest;

import java.io.IOException;

/** Loads ResNets. */
final class EncoderLoader implements ModelLoader<DlibFaceEncoder> {
    private final int batchSize;
    private final EncoderSelfTest selfTest;

    EncoderLoader(int batchSize, String architecture) {
        this.batchSize = batchSize;
        selfTest = new EncoderSelfTest(FaceChips.SIZE, architecture);
    }

    @Override
    public DlibFaceEncoder load(ModelData model) throws ModelRefusedException, IOException {
        EncoderTraits traits = model.info().encoder();
        if (traits.dimension() != ResNetFaceEncoder.DIMENSION
                || traits.metric() != Metric.EUCLIDEAN
                || !traits.input().equals(EncoderInput.DLIB)) {
            throw new ModelRefusedException(
                    "dlib's encoders take its own chips and give 128 numbers of Euclidean distance,"
                            + " and it says something else");
        }
        SelfTest test = SelfTest.of(model);
        DlibFaceEncoder encoder;
        try {
            var dlib = ResNetFaceEncoder.load(model.read());
            encoder = new DlibFaceEncoder(model.info(), dlib, batchSize);
        } catch (DlibException e) {
            throw new ModelRefusedException("dlib cannot load it: " + e.getMessage(), e);
        }
        try {
            selfTest.verify(encoder, test);
            return encoder;
        } catch (ModelRefusedException | IOException | RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /** One that is tried beside the one in use. */
    LoadedCandidate candidate(ModelData model) throws ModelRefusedException, IOException {
        DlibFaceEncoder encoder = load(model);
        return new LoadedCandidate(encoder, encoder::close);
    }
}
