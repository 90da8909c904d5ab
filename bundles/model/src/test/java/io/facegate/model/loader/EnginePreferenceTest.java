// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.api.status.Condition.Level;

import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Two engines for the same models, with the service registry of a real framework. */
class EnginePreferenceTest {
    private interface Part {}

    private static final class Loaded implements Part, AutoCloseable {
        @Override
        public void close() {
            // nothing held
        }
    }

    private record Model(ModelInfo info, List<String> words) implements ModelData {
        @Override
        public byte[] read() {
            return new byte[0];
        }

        @Override
        public Optional<InputStream> selfTest(String name) {
            return Optional.empty();
        }

        @Override
        public void accepted() {
            words.add("accepted");
        }

        @Override
        public void refused(String reason) {
            words.add(reason);
        }
    }

    @TempDir Path folder;
    private final List<String> loads = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch onnxMayLoad = new CountDownLatch(1);
    private volatile boolean onnxFails;
    private Framework framework;
    private BundleContext context;
    private ModelSlot<Loaded> dlib;
    private ModelSlot<Loaded> onnx;

    @BeforeEach
    void startFramework() throws Exception {
        framework =
                new FrameworkFactory()
                        .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.toString()));
        framework.start();
        context = framework.getBundleContext();
        context.addServiceListener(
                e -> {
                    String what = e.getType() == ServiceEvent.REGISTERED ? "+" : "-";
                    events.add(what + e.getServiceReference().getProperty(ModelData.FORMAT));
                },
                "(objectClass=" + Part.class.getName() + ")");
        dlib = slot("dlib", 0);
        onnx = slot("onnx", 1);
    }

    @AfterEach
    void stopFramework() throws Exception {
        dlib.close();
        onnx.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void lessPreferredEngineNeverLoadsWhatTheOtherIsAboutToServe() throws Exception {
        register("onnx", "1.0.0", 1);
        register("dlib", "1.0.0", 1);
        await(() -> dlib.condition().message().contains("stands by"));
        onnxMayLoad.countDown();
        await(() -> used().equals("onnx"));
        await(() -> dlib.condition().message().equals("m 1.0.0 stands by: onnx is used"));
        assertThat(dlib.condition().level()).isEqualTo(Level.OK);
        assertThat(loads).containsExactly("onnx 1.0.0");
    }

    @Test
    void preferredEngineTakesOverWithoutAGapAndTheOtherLetsGo() throws Exception {
        register("dlib", "1.0.0", 1);
        await(() -> used().equals("dlib"));
        onnxMayLoad.countDown();
        register("onnx", "1.0.0", 1);
        await(() -> events.size() == 3);
        assertThat(events).containsExactly("+dlib", "+onnx", "-dlib");
    }

    @Test
    void standingByEngineTakesOverWhenTheModelOfTheOtherGoes() throws Exception {
        onnxMayLoad.countDown();
        ServiceRegistration<?> model = register("onnx", "1.0.0", 1);
        register("dlib", "1.0.0", 1);
        await(() -> used().equals("onnx"));
        model.unregister();
        await(() -> used().equals("dlib"));
    }

    @Test
    void standingByEngineTakesOverWhenTheOtherStops() throws Exception {
        onnxMayLoad.countDown();
        register("onnx", "1.0.0", 1);
        register("dlib", "1.0.0", 1);
        await(() -> used().equals("onnx"));
        onnx.close();
        await(() -> used().equals("dlib"));
        onnx = slot("onnx", 1);
        await(() -> used().equals("onnx"));
    }

    @Test
    void standingByEngineTakesOverWhenTheOtherRefusesTheModel() throws Exception {
        onnxFails = true;
        onnxMayLoad.countDown();
        register("onnx", "1.0.0", 1);
        register("dlib", "1.0.0", 1);
        await(() -> used().equals("dlib"));
        await(() -> onnx.condition().level() == Level.DEGRADED);
        assertThat(onnx.condition().message())
                .isEqualTo("m 1.0.0 was refused: it cannot be loaded: java.lang.LinkageError: no");
    }

    @Test
    void newerVersionWinsOverThePreferredEngine() throws Exception {
        onnxMayLoad.countDown();
        register("onnx", "1.0.0", 1);
        await(() -> used().equals("onnx"));
        ServiceRegistration<?> newer = register("dlib", "1.0.1", 2);
        await(() -> events.contains("-onnx"));
        assertThat(events).containsExactly("+onnx", "+dlib", "-onnx");
        newer.unregister();
        await(() -> used().equals("onnx"));
        assertThat(events.indexOf("-dlib")).isGreaterThan(2);
    }

    @Test
    void engineWithoutModelsIsNoFaultWhileTheOtherServes() throws Exception {
        register("dlib", "1.0.0", 1);
        await(() -> onnx.condition().level() == Level.OK);
        assertThat(onnx.condition().message())
                .isEqualTo("no model of kind encoder and format onnx: dlib is used");
    }

    private ModelSlot<Loaded> slot(String format, int preference) {
        return new ModelSlot<>(
                context,
                new ServiceOffer<>(
                        "test/" + format,
                        ModelKind.ENCODER,
                        format,
                        preference,
                        Part.class,
                        Map.of()),
                model -> load(model.info()));
    }

    private Loaded load(ModelInfo model) {
        loads.add(model.format() + " " + model.version());
        if (model.format().equals("onnx")) {
            try {
                assertThat(onnxMayLoad.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (onnxFails) {
                throw new LinkageError("no");
            }
        }
        return new Loaded();
    }

    private ServiceRegistration<?> register(String format, String version, int ranking) {
        var info = new ModelInfo("m", ModelKind.ENCODER, format, version, "s", "w");
        return context.registerService(
                ModelData.class,
                new Model(info, new CopyOnWriteArrayList<>()),
                FrameworkUtil.asDictionary(
                        Map.of(
                                ModelData.ID,
                                "m",
                                ModelData.KIND,
                                "encoder",
                                ModelData.FORMAT,
                                format,
                                ModelData.VERSION,
                                version,
                                Constants.SERVICE_RANKING,
                                ranking)));
    }

    /** Format of the best service. */
    private String used() {
        ServiceReference<Part> reference = context.getServiceReference(Part.class);
        return reference == null ? "" : (String) reference.getProperty(ModelData.FORMAT);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
