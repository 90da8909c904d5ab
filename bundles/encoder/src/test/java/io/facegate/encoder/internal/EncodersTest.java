// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import static io.facegate.testing.Await.await;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.StaleServiceException;
import io.facegate.testing.EmptyFramework;
import io.facegate.testing.ModelJar;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** With the service registry of a real framework and the real models. */
class EncodersTest {
    private static final FaceChip CHIP = new FaceChip(150, new byte[3 * 150 * 150]);

    @RegisterExtension private final EmptyFramework framework = new EmptyFramework();

    private BundleContext context;
    private Encoders encoders;

    @BeforeEach
    void start() {
        context = framework.context();
        encoders = new Encoders(context, config(8));
    }

    @AfterEach
    void stop() {
        encoders.deactivate();
    }

    @Test
    void eachServiceComesAndGoesWithItsModel() throws Exception {
        assertThat(encoders.conditions())
                .extracting(Condition::part)
                .containsExactly("landmarks", "encoder");
        var resnet = ModelJar.resnet("dlib", "1.2.0");
        ServiceRegistration<?> model = resnet.register(context, 1_002_000);
        await(() -> resnet.word().equals("accepted"));
        ServiceReference<FaceEncoder> reference = context.getServiceReference(FaceEncoder.class);
        assertThat(reference.getProperty("model.id")).isEqualTo("dlib-resnet-v1");
        assertThat(reference.getProperty("model.version")).isEqualTo("1.2.0");
        assertThat(context.getService(reference).model()).isEqualTo(resnet.info());
        assertThat(context.getServiceReference(LandmarkDetector.class)).isNull();

        ModelJar.landmarks().register(context, 1_000_000);
        await(() -> context.getServiceReference(LandmarkDetector.class) != null);
        await(() -> encoders.conditions().stream().allMatch(c -> c.level() == Level.OK));
        model.unregister();
        await(() -> context.getServiceReference(FaceEncoder.class) == null);
        assertThat(context.getServiceReference(LandmarkDetector.class)).isNotNull();
    }

    @Test
    void damagedNewVersionLeavesTheOldOneAtWork() throws Exception {
        ModelJar.resnet("dlib").register(context, 1_000_000);
        await(() -> context.getServiceReference(FaceEncoder.class) != null);
        var damaged = ModelJar.resnet("dlib", "2.0.0").truncated(1_000_000);
        damaged.register(context, 2_000_000);
        await(() -> encoders.conditions().get(1).level() == Level.DEGRADED);
        await(() -> !damaged.word().isEmpty()); // said after the condition is set
        assertThat(damaged.word()).startsWith("dlib cannot load it: ");
        FaceEncoder encoder = context.getService(context.getServiceReference(FaceEncoder.class));
        assertThat(encoder.model().version()).isEqualTo("1.0.0");
        assertThat(encoder.encode(List.of(CHIP))).hasSize(1);
    }

    @Test
    void newVersionsTakeOverUnderLoadWithoutAGap() throws Exception {
        ModelJar.resnet("dlib").register(context, 1_000_000);
        await(() -> context.getServiceReference(FaceEncoder.class) != null);
        var running = new AtomicBoolean(true);
        var encoded = new AtomicInteger();
        CompletableFuture<Integer> gaps =
                CompletableFuture.supplyAsync(() -> encodeWhile(running, encoded));
        for (int version = 2; version <= 6; version++) {
            var model = ModelJar.resnet("dlib", version + ".0.0");
            ServiceRegistration<?> registration = model.register(context, version * 1_000_000);
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
        ModelJar.resnet("dlib").register(context, 1_000_000);
        ModelJar.landmarks().register(context, 1_000_000);
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
}
