// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import static io.facegate.testing.Await.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.model.ModelData;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.testing.ModelJar;

import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Detectors of two methods in one format do not get in each other's way. */
class YunetSlotTest {
    @TempDir Path folder;
    private Framework framework;
    private BundleContext context;
    private OnnxEngine onnx;

    @BeforeEach
    void startFramework() throws Exception {
        framework =
                new FrameworkFactory()
                        .newFramework(
                                Map.of(
                                        Constants.FRAMEWORK_STORAGE,
                                        folder.resolve("felix").toString(),
                                        "facegate.data",
                                        folder.toString()));
        framework.start();
        context = framework.getBundleContext();
        onnx = new OnnxEngine(context, defaults());
    }

    @AfterEach
    void stopFramework() throws Exception {
        onnx.deactivate();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void eachMethodTakesItsOwnModel() throws Exception {
        ModelJar mmod = ModelJar.mmod("onnx");
        ModelJar yunet = ModelJar.yunet();
        register(mmod, "", 1_000_000);
        ServiceRegistration<?> newest = register(yunet, "yunet", 9_000_000);
        await(() -> methods().equals(List.of("cnn", "yunet")));
        await(() -> condition("detector/yunet/onnx").message().equals("yunet-n 1.0.0"));
        await(() -> condition("detector/cnn/onnx").message().equals("dlib-mmod-v1 1.0.0"));
        assertThat(List.of(mmod.word(), yunet.word())).containsOnly("accepted");

        newest.unregister();
        await(() -> methods().equals(List.of("cnn")));
        await(() -> condition("detector/yunet/onnx").level() == Level.DEGRADED);
        assertThat(condition("detector/yunet/onnx").message())
                .isEqualTo(
                        "no model of kind detector, method yunet and format onnx is installed:"
                                + " put its bundle into the folder load");
        assertThat(condition("detector/cnn/onnx").level()).isEqualTo(Level.OK);
    }

    @Test
    void refusedModelLeavesTheOtherMethodAlone() throws Exception {
        ModelJar damaged = ModelJar.yunet().truncated(1000);
        register(damaged, "yunet", 9_000_000);
        register(ModelJar.mmod("onnx"), "cnn", 1_000_000);
        register(ModelJar.yunet(), "some-later-method", 9_000_000);
        await(() -> methods().equals(List.of("cnn")));
        await(() -> condition("detector/yunet/onnx").level() == Level.FAILED);
        await(() -> condition("detector/cnn/onnx").level() == Level.OK);
        assertThat(condition("detector/yunet/onnx").message())
                .startsWith("yunet-n 1.0.0 was refused: ");
    }

    private List<String> methods() {
        try {
            return context.getServiceReferences(FaceDetector.class, null).stream()
                    .map(r -> (String) r.getProperty(FaceDetector.METHOD))
                    .sorted()
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Condition condition(String part) {
        return onnx.conditions().stream()
                .filter(c -> c.part().equals(part))
                .findFirst()
                .orElseThrow();
    }

    private ServiceRegistration<?> register(ModelJar model, String method, int ranking) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ModelData.ID, model.info().id());
        properties.put(ModelData.KIND, "detector");
        properties.put(ModelData.FORMAT, model.info().format());
        properties.put(ModelData.VERSION, model.info().version());
        properties.put(Constants.SERVICE_RANKING, ranking);
        if (!method.isEmpty()) {
            properties.put(ModelData.METHOD, method);
        }
        return context.registerService(
                ModelData.class, model, FrameworkUtil.asDictionary(properties));
    }

    private static OnnxEngine.Config defaults() {
        return (OnnxEngine.Config)
                Proxy.newProxyInstance(
                        OnnxEngine.Config.class.getClassLoader(),
                        new Class<?>[] {OnnxEngine.Config.class},
                        (proxy, method, arguments) -> method.getDefaultValue());
    }
}
