// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.ModelData;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.StaleServiceException;
import io.facegate.encoder.internal.Encoders;
import io.facegate.testing.ModelJar;

import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** ONNX Runtime and dlib with the same model, in a real framework, with the real models. */
class EngineFallbackTest {
    private static final FaceChip CHIP = new FaceChip(150, new byte[3 * 150 * 150]);

    @TempDir Path folder;
    private Framework framework;
    private BundleContext context;
    private Encoders dlib;
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
        onnx = new OnnxEngine(context, configuration(OnnxEngine.Config.class, Map.of()));
        dlib = new Encoders(context, configuration(Encoders.Config.class, Map.of()));
    }

    @AfterEach
    void stopFramework() throws Exception {
        onnx.deactivate();
        dlib.deactivate();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void onnxServesAndDlibLoadsNothing() throws Exception {
        ModelJar better = ModelJar.resnet("onnx");
        ModelJar fallback = ModelJar.resnet("dlib");
        register(better);
        register(fallback);
        await(() -> used().equals("onnx"));
        assertThat(dlib.conditions().get(1))
                .isEqualTo(
                        new Condition(
                                "encoder",
                                Level.OK,
                                "dlib-resnet-v1 1.0.0 stands by: onnx is used"));
        await(() -> better.word().equals("accepted")); // said once it is served
        assertThat(fallback.word()).isEmpty();
    }

    @Test
    void dlibTakesOverWhenTheEngineOrItsModelGoes() throws Exception {
        ServiceRegistration<?> model = register(ModelJar.resnet("onnx"));
        register(ModelJar.resnet("dlib"));
        await(() -> used().equals("onnx"));
        model.unregister();
        await(() -> used().equals("dlib"));
        register(ModelJar.resnet("onnx"));
        await(() -> used().equals("onnx"));
        onnx.deactivate();
        await(() -> used().equals("dlib"));
        await(() -> dlib.conditions().get(1).message().equals("dlib-resnet-v1 1.0.0"));
    }

    @Test
    void dlibServesWhatOnnxRefuses() throws Exception {
        var damaged = ModelJar.resnet("onnx").changed(bytes -> Arrays.copyOf(bytes, 1_000_000));
        register(damaged);
        register(ModelJar.resnet("dlib"));
        await(() -> used().equals("dlib"));
        assertThat(damaged.word()).startsWith("ONNX Runtime cannot load it: ");
        await(() -> onnx.conditions().get(0).level() == Level.DEGRADED);
    }

    @Test
    void switchedOffEngineLeavesEverythingToDlib() throws Exception {
        onnx.deactivate();
        onnx =
                new OnnxEngine(
                        context, configuration(OnnxEngine.Config.class, Map.of("enabled", false)));
        register(ModelJar.resnet("onnx"));
        register(ModelJar.resnet("dlib"));
        await(() -> used().equals("dlib"));
        assertThat(onnx.conditions())
                .containsExactly(new Condition("onnx", Level.OK, "switched off"));
    }

    /** A frame may find no encoder for a moment; it then waits, as the pipeline does. */
    @Test
    void everyFrameIsEncodedWhileEnginesComeAndGo() throws Exception {
        register(ModelJar.resnet("onnx"));
        register(ModelJar.resnet("dlib"));
        await(() -> used().equals("onnx"));
        var running = new AtomicBoolean(true);
        CompletableFuture<Duration> longest =
                CompletableFuture.supplyAsync(() -> encodeWhile(running));
        for (int i = 0; i < 3; i++) {
            onnx.deactivate();
            await(() -> used().equals("dlib"));
            onnx = new OnnxEngine(context, configuration(OnnxEngine.Config.class, Map.of()));
            await(() -> used().equals("onnx"));
        }
        running.set(false);
        assertThat(longest.get(20, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(20));
    }

    /** Encodes with the best service of the moment; the longest wait for one. */
    private Duration encodeWhile(AtomicBoolean running) {
        long longest = 0;
        long last = System.nanoTime();
        while (running.get()) {
            ServiceReference<FaceEncoder> reference =
                    context.getServiceReference(FaceEncoder.class);
            FaceEncoder encoder = reference == null ? null : context.getService(reference);
            if (encoder == null) {
                continue;
            }
            try {
                assertThat(encoder.encode(List.of(CHIP))).hasSize(1);
                longest = Math.max(longest, System.nanoTime() - last);
                last = System.nanoTime();
            } catch (StaleServiceException e) {
                continue; // looked up just before the change: the next turn finds the new one
            } finally {
                context.ungetService(reference);
            }
        }
        return Duration.ofNanos(longest);
    }

    /** Format of the encoder that the pipeline would take. */
    private String used() {
        ServiceReference<FaceEncoder> reference = context.getServiceReference(FaceEncoder.class);
        return reference == null ? "" : (String) reference.getProperty(ModelData.FORMAT);
    }

    private ServiceRegistration<?> register(ModelData model) {
        return context.registerService(
                ModelData.class,
                model,
                FrameworkUtil.asDictionary(
                        Map.of(
                                ModelData.ID, model.info().id(),
                                ModelData.KIND, model.info().kind().name().toLowerCase(Locale.ROOT),
                                ModelData.FORMAT, model.info().format(),
                                ModelData.VERSION, model.info().version(),
                                Constants.SERVICE_RANKING, 1_000_000)));
    }

    /** The defaults, with some values changed. */
    private static <A extends Annotation> A configuration(
            Class<A> type, Map<String, Object> changed) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) ->
                                changed.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
