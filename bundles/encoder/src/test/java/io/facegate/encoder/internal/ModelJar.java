// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;

/** The data of a model bundle on the class path, as the extender would give it. */
class ModelJar implements ModelData {
    private final String base;
    final String file;
    private final ModelInfo info;
    volatile String word = "";

    ModelJar(ModelInfo info, String file) {
        this.info = info;
        this.file = file;
        String url = ModelJar.class.getResource("/model/" + file).toString();
        base = url.substring(0, url.length() - file.length());
    }

    static ModelJar resnet(String version) {
        return new ModelJar(
                new ModelInfo("dlib-resnet-v1", ModelKind.ENCODER, "dlib", version, "", "w"),
                "dlib_face_recognition_resnet_model_v1.dat");
    }

    static ModelJar landmarks() {
        return new ModelJar(
                new ModelInfo("dlib-landmarks5-v1", ModelKind.LANDMARKS, "dlib", "1.0.0", "", ""),
                "shape_predictor_5_face_landmarks.dat");
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public byte[] read() throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    @Override
    public Optional<InputStream> selfTest(String name) throws IOException {
        try {
            return Optional.of(open("selftest/" + name));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void accepted() {
        word = "accepted";
    }

    @Override
    public void refused(String reason) {
        word = reason;
    }

    private InputStream open(String path) throws IOException {
        return new URL(base + path).openStream();
    }
}
