// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.model.ModelData;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.StaleServiceException;
import io.facegate.testing.ModelJar;

import org.apache.felix.framework.FrameworkFactory;
import org.bytedeco.javacpp.Pointer;
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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** With the service registry of a real framework and the real models. */
class EncodersTest {
    private static final FaceChip CHIP = new FaceChip(150, new byte[3 * 150 * 150]);

    @TempDir Path folder;
    private Framework framework;
    private BundleContext context;
    private Encoders encoders;

    @BeforeEach
    void startFramework() throws Exception {
        framework =
                new FrameworkFactory()
                        .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.toString()));
        framework.start();
        context = framework.getBundleContext();
        encoders = new Encoders(context, config(8));
    }

    @AfterEach
    void stopFramework() throws Exception {
        encoders.deactivate();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void eachServiceComesAndGoesWithItsModel() throws Exception {
        assertThat(encoders.conditions())
                .extracting(Condition::part)
                .containsExactly("landmarks", "encoder");
        var resnet = ModelJar.resnet("dlib", "1.2.0");
        ServiceRegistration<?> model = register(resnet, 1_002_000);
        await(() -> resnet.word().equals("accepted"));
        ServiceReference<FaceEncoder> reference = context.getServiceReference(FaceEncoder.class);
        assertThat(reference.getProperty("model.id")).isEqualTo("dlib-resnet-v1");
        assertThat(reference.getProperty("model.version")).isEqualTo("1.2.0");
        assertThat(context.getService(reference).model()).isEqualTo(resnet.info());
        assertThat(context.getServiceReference(LandmarkDetector.class)).isNull();

        register(ModelJar.landmarks(), 1_000_000);
        await(() -> context.getServiceReference(LandmarkDetector.class) != null);
        await(() -> encoders.conditions().stream().allMatch(c -> c.level() == Level.OK));
        model.unregister();
        await(() -> context.getServiceReference(FaceEncoder.class) == null);
        assertThat(context.getServiceReference(LandmarkDetector.class)).isNotNull();
    }

    @Test
    void damagedNewVersionLeavesTheOldOneAtWork() throws Exception {
        register(ModelJar.resnet("dlib"), 1_000_000);
        await(() -> context.getServiceReference(FaceEncoder.class) != null);
        var damaged = ModelJar.resnet("dlib", "2.0.0").truncated(1_000_000);
        register(damaged, 2_000_000);
        await(() -> encoders.conditions().get(1).level() == Level.DEGRADED);
        await(() -> !damaged.word().isEmpty()); // said after the condition is set
        assertThat(damaged.word()).startsWith("dlib cannot load it: ");
        FaceEncoder encoder = context.getService(context.getServiceReference(FaceEncoder.class));
        assertThat(encoder.model().version()).isEqualTo("1.0.0");
        assertThat(encoder.encode(List.of(CHIP))).hasSize(1);
    }

    @Test
    void newVersionsTakeOverUnderLoadWithoutAGap() throws Exception {
        register(ModelJar.resnet("dlib"), 1_000_000);
        await(() -> context.getServiceReference(FaceEncoder.class) != null);
        var running = new AtomicBoolean(true);
        var encoded = new AtomicInteger();
        CompletableFuture<Integer> gaps =
                CompletableFuture.supplyAsync(() -> encodeWhile(running, encoded));
        for (int version = 2; version <= 6; version++) {
            var model = ModelJar.resnet("dlib", version + ".0.0");
            ServiceRegistration<?> registration = register(model, version * 1_000_000);
            await(() -> model.word().equals("accepted"));
            int soFar = encoded.get();
            await(() -> encoded.get() > soFar + 1);
            if (version % 2 == 0) {
                registration.unregister();
                String older = version - 1 + ".0.0";
                await(() -> version().equals(older));
            }
        }
        running.set(false);
        assertThat(gaps.get(20, TimeUnit.SECONDS)).isZero();
    }

    /** Encodes with the best service of the moment; returns how often there was none. */
    private int encodeWhile(AtomicBoolean running, AtomicInteger encoded) {
        int gaps = 0;
        while (running.get()) {
            ServiceReference<FaceEncoder> reference =
                    context.getServiceReference(FaceEncoder.class);
            FaceEncoder encoder = reference == null ? null : context.getService(reference);
            if (encoder == null) {
                gaps += reference == null ? 1 : 0;
                continue;
            }
            try {
                encoder.encode(List.of(CHIP));
                encoded.incrementAndGet();
            } catch (StaleServiceException e) {
                continue; // looked up just before the change: the next turn finds the new one
            } finally {
                context.ungetService(reference);
            }
        }
        return gaps;
    }

    @Test
    void restartsLeaveNoServiceThreadOrMemory() throws Exception {
        register(ModelJar.resnet("dlib"), 1_000_000);
        register(ModelJar.landmarks(), 1_000_000);
        long before = -1;
        for (int i = 0; i < 10; i++) {
            if (i % 2 == 0) { // every second time it is stopped while it loads
                await(() -> context.getServiceReference(FaceEncoder.class) != null);
                await(() -> context.getServiceReference(LandmarkDetector.class) != null);
            }
            encoders.deactivate();
            encoders.deactivate();
            assertThat(context.getServiceReference(FaceEncoder.class)).isNull();
            assertThat(context.getServiceReference(LandmarkDetector.class)).isNull();
            await(() -> threads() == 0);
            before = before < 0 ? Pointer.totalBytes() : before;
            assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
            encoders = new Encoders(context, config(i * 10));
        }
    }

    private String version() {
        ServiceReference<FaceEncoder> reference = context.getServiceReference(FaceEncoder.class);
        return reference == null ? "" : (String) reference.getProperty("model.version");
    }

    private ServiceRegistration<?> register(ModelData model, int ranking) {
        return context.registerService(
                ModelData.class,
                model,
                FrameworkUtil.asDictionary(
                        Map.of(
                                ModelData.ID, model.info().id(),
                                ModelData.KIND, model.info().kind().name().toLowerCase(Locale.ROOT),
                                ModelData.FORMAT, "dlib",
                                ModelData.VERSION, model.info().version(),
                                Constants.SERVICE_RANKING, ranking)));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("facegate-"))
                .count();
    }

    private static Encoders.Config config(int batchSize) {
        return new Encoders.Config() {
            @Override
            public int batch_size() {
                return batchSize;
            }

            @Override
            public Class<Encoders.Config> annotationType() {
                return Encoders.Config.class;
            }
        };
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
