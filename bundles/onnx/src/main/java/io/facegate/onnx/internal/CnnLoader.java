// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.model.ModelData;
import io.facegate.dlib.MmodSearch;
import io.facegate.model.loader.DetectorSelfTest;
import io.facegate.model.loader.ModelLoader;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.model.loader.SelfTest;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** Loads MMOD detectors; what they need besides the network is in the model's metadata. */
final class CnnLoader implements ModelLoader<CnnDetector> {
    private final Networks networks;

    CnnLoader(Networks networks) {
        this.networks = networks;
    }

    @Override
    public CnnDetector load(ModelData model) throws ModelRefusedException, IOException {
        SelfTest test = SelfTest.of(model);
        Network network = networks.load(model, Networks.Memory.BY_SIZE);
        CnnDetector detector;
        try {
            detector = new CnnDetector(search(network.metadata()), network);
        } catch (ModelRefusedException | RuntimeException e) {
            network.close();
            throw e;
        }
        try {
            DetectorSelfTest.verify(detector, test);
            return detector;
        } catch (ModelRefusedException | IOException | RuntimeException e) {
            detector.close();
            throw e;
        }
    }

    private static MmodSearch search(Map<String, String> metadata) throws ModelRefusedException {
        double[] pyramid = numbers(metadata, "facegate.pyramid", 5);
        double[] cell = numbers(metadata, "facegate.cell", 2);
        double[] window = numbers(metadata, "facegate.window", 2);
        double[] overlap = numbers(metadata, "facegate.overlap", 2);
        return new MmodSearch(
                new MmodSearch.Pyramid(
                        (float) pyramid[0],
                        (float) pyramid[1],
                        (float) pyramid[2],
                        (int) pyramid[3],
                        (int) pyramid[4]),
                new MmodSearch.Window(
                        (int) cell[0],
                        (int) cell[1],
                        (int) window[0],
                        (int) window[1],
                        overlap[0],
                        overlap[1]));
    }

    private static double[] numbers(Map<String, String> metadata, String key, int count)
            throws ModelRefusedException {
        String text = metadata.getOrDefault(key, "");
        try {
            double[] numbers =
                    Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
            if (numbers.length == count) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            throw new ModelRefusedException("its metadata " + key + " is \"" + text + "\"", e);
        }
        throw new ModelRefusedException("its metadata " + key + " is \"" + text + "\"");
    }
}
