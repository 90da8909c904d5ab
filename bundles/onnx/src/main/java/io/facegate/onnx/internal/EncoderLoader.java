// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.model.ModelData;
import io.facegate.dlib.FaceChips;
import io.facegate.model.loader.EncoderSelfTest;
import io.facegate.model.loader.LoadedCandidate;
import io.facegate.model.loader.ModelLoader;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.model.loader.SelfTest;

import java.io.IOException;

/** Loads face encoders. */
final class EncoderLoader implements ModelLoader<OnnxFaceEncoder> {
    private final Networks networks;
    private final int batchSize;
    private final EncoderSelfTest selfTest;

    EncoderLoader(Networks networks, int batchSize) {
        this.networks = networks;
        this.batchSize = batchSize;
        selfTest = new EncoderSelfTest(FaceChips.SIZE, System.getProperty("os.arch", ""));
    }

    @Override
    public OnnxFaceEncoder load(ModelData model) throws ModelRefusedException, IOException {
        SelfTest test = SelfTest.of(model);
        Network network = networks.load(model, Networks.Memory.PLANNED);
        try {
            var pixels = new ChipPixels(model.info().encoder().input(), network, batchSize);
            var encoder = new OnnxFaceEncoder(model.info(), network, pixels);
            selfTest.verify(encoder, test);
            return encoder;
        } catch (ModelRefusedException | IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** One that is tried beside the one in use. */
    LoadedCandidate candidate(ModelData model) throws ModelRefusedException, IOException {
        OnnxFaceEncoder encoder = load(model);
        return new LoadedCandidate(encoder, encoder::close);
    }
}
