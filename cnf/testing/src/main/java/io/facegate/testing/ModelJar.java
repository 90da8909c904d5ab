// SPDX-License-Identifier: Apache-2.0
package io.facegate.testing;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The data of a model bundle on the class path, as the extender would give it. */
public final class ModelJar implements ModelData {
    private final ModelInfo info;
    private final URL file;
    private final UnaryOperator<byte[]> change;
    private final UnaryOperator<String> expectations;
    private volatile String word = "";

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

    /** The encoder in a format, {@code dlib} or {@code onnx}. */
    public static ModelJar resnet(String format) {
        return resnet(format, "1.0.0");
    }

    /** The encoder, said to be of a version. */
    public static ModelJar resnet(String format, String version) {
        return of(
                new ModelInfo("dlib-resnet-v1", ModelKind.ENCODER, format, version, "", "w"),
                "dlib_face_recognition_resnet_model_v1");
    }

    /** The 5-point landmarks. */
    public static ModelJar landmarks() {
        return of(
                new ModelInfo("dlib-landmarks5-v1", ModelKind.LANDMARKS, "dlib", "1.0.0", "", ""),
                "shape_predictor_5_face_landmarks");
    }

    /** The CNN detector in a format, {@code dlib} or {@code onnx}. */
    public static ModelJar mmod(String format) {
        return of(
                new ModelInfo("dlib-mmod-v1", ModelKind.DETECTOR, format, "1.0.0", "", "w"),
                "mmod_human_face_detector");
    }

    /** The detector YuNet. */
    public static ModelJar yunet() {
        return of(
                new ModelInfo("yunet-n", ModelKind.DETECTOR, "onnx", "1.0.0", "", "w"),
                "yunet_n_dynamic");
    }

    private static ModelJar of(ModelInfo info, String name) {
        String path = "/model/" + name + (info.format().equals("onnx") ? ".onnx" : ".dat");
        return new ModelJar(info, ModelJar.class.getResource(path), bytes -> bytes, text -> text);
    }

    /** With another model file. */
    public ModelJar changed(UnaryOperator<byte[]> other) {
        return new ModelJar(info, file, other, expectations);
    }

    /** With the model file of another. */
    public ModelJar withFileOf(ModelJar other) {
        return new ModelJar(info, other.file, change, expectations);
    }

    /** With the first bytes of the model file only. */
    public ModelJar truncated(int length) {
        return changed(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, length)));
    }

    /** Without any file of a self-test. */
    public ModelJar withoutSelfTest() {
        return new ModelJar(info, file, change, null);
    }

    /** With another self-test. */
    public ModelJar expecting(UnaryOperator<String> other) {
        return new ModelJar(info, file, change, other);
    }

    /**
     * Registers it as the extender does.
     *
     * @param ranking of the service; of several models the highest is loaded
     */
    public ServiceRegistration<ModelData> register(BundleContext context, int ranking) {
        Map<String, Object> properties =
                Map.of(
                        ID,
                        info.id(),
                        KIND,
                        info.kind().name().toLowerCase(Locale.ROOT),
                        FORMAT,
                        info.format(),
                        VERSION,
                        info.version(),
                        Constants.SERVICE_RANKING,
                        ranking);
        return context.registerService(
                ModelData.class, this, FrameworkUtil.asDictionary(properties));
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
        if (expectations == null) {
            return Optional.empty();
        }
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

    /** {@code accepted}, the reason of a refusal, or empty while neither was said. */
    public String word() {
        return word;
    }
}
