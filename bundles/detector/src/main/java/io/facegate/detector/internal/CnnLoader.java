// SPDX-License-Identifier: Apache-2.0
package io.facegate.detector.internal;

import io.facegate.api.model.ModelData;
import io.facegate.dlib.DlibException;
import io.facegate.dlib.MmodFaceDetector;
import io.facegate.model.loader.DetectorSelfTest;
import io.facegate.model.loader.ModelLoader;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.model.loader.SelfTest;

import java.io.IOException;

/** Loads MMOD models. */
final class CnnLoader implements ModelLoader<CnnDetector> {
    @Override
    public CnnDetector load(ModelData model) throws ModelRefusedException, IOException {
        SelfTest test = SelfTest.of(model);
        CnnDetector detector;
        try {
            detector = new CnnDetector(MmodFaceDetector.load(model.read()));
        } catch (DlibException e) {
            throw new ModelRefusedException("dlib cannot load it: " + e.getMessage(), e);
        }
        try {
            DetectorSelfTest.verify(detector, test);
            return detector;
        } catch (ModelRefusedException | IOException | RuntimeException e) {
            detector.close();
            throw e;
        }
    }
}
