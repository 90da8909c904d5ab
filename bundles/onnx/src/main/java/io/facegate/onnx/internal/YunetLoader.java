// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.model.ModelData;
import io.facegate.model.loader.DetectorSelfTest;
import io.facegate.model.loader.ModelLoader;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.model.loader.SelfTest;

import java.io.IOException;

/** Loads YuNet detectors. */
final class YunetLoader implements ModelLoader<YunetDetector> {
    private final Networks networks;

    YunetLoader(Networks networks) {
        this.networks = networks;
    }

    @Override
    public YunetDetector load(ModelData model) throws ModelRefusedException, IOException {
        SelfTest test = SelfTest.of(model);
        Network network = networks.load(model, Networks.Memory.BY_SIZE);
        var detector = new YunetDetector(network);
        try {
            if (!network.outputs().containsAll(YunetFace.OUTPUTS)) {
                throw new ModelRefusedException(
                        "it is no YuNet: it has the outputs " + network.outputs());
            }
            DetectorSelfTest.verify(detector, test);
            return detector;
        } catch (ModelRefusedException | IOException | RuntimeException e) {
            detector.close();
            throw e;
        }
    }
}
