// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The data of a model bundle on the class path, as the extender would give it. */
final class ModelJar implements ModelData {
    private final ModelInfo info;
    private final URL file;
    private final UnaryOperator<byte[]> change;
    private final UnaryOperator<String> expectations;
    volatile String word = "";

    private ModelJar(
            ModelInfo info,
            URL file,
            UnaryOperator<byte[]> change,
            UnaryOperator<String> expectations) {
        this.info = info;
        this.file = file;
        this.change = change;
        this.expectations = expectations;
    }

    static ModelJar resnet(String format) {
        return of(
                new ModelInfo("dlib-resnet-v1", ModelKind.ENCODER, format, "1.0.0", "", "w"),
                "dlib_face_recognition_resnet_model_v1");
    }

    static ModelJar mmod(String format) {
        return of(
                new ModelInfo("dlib-mmod-v1", ModelKind.DETECTOR, format, "1.0.0", "", "w"),
                "mmod_human_face_detector");
    }

    private static ModelJar of(ModelInfo info, String name) {
        String path = "/model/" + name + (info.format().equals("onnx") ? ".onnx" : ".dat");
        return new ModelJar(info, ModelJar.class.getResource(path), bytes -> bytes, text -> text);
    }

    /** With another model file. */
    ModelJar changed(UnaryOperator<byte[]> other) {
        return new ModelJar(info, file, other, expectations);
    }

    /** With another self-test. */
    ModelJar expecting(UnaryOperator<String> other) {
        return new ModelJar(info, file, change, other);
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public byte[] read() throws IOException {
        try (InputStream in = file.openStream()) {
            return change.apply(in.readAllBytes());
        }
    }

    @Override
    public Optional<InputStream> selfTest(String name) throws IOException {
        try (InputStream in = new URL(file, "selftest/" + name).openStream()) {
            byte[] bytes = in.readAllBytes();
            if (name.equals("expected.json")) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                bytes = expectations.apply(text).getBytes(StandardCharsets.UTF_8);
            }
            return Optional.of(new ByteArrayInputStream(bytes));
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
}
