// SPDX-License-Identifier: Apache-2.0
package io.facegate.detector.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelData;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
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
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** With the service registry of a real framework. */
class DetectorsTest {
    private static final Detectors.Config CONFIG = config(0);

    @TempDir Path folder;
    private Framework framework;
    private BundleContext context;

    @BeforeEach
    void startFramework() throws Exception {
        framework =
                new FrameworkFactory()
                        .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.toString()));
        framework.start();
        context = framework.getBundleContext();
    }

    @AfterEach
    void stopFramework() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void hogNeedsNoModelAndCnnComesAndGoesWithIts() throws Exception {
        var detectors = new Detectors(context, CONFIG);
        assertThat(services("hog")).hasSize(1);
        assertThat(services("cnn")).isEmpty();
        assertThat(detectors.conditions())
                .extracting(Condition::part, Condition::level)
                .containsExactly(
                        tuple("detector/hog", Level.OK), tuple("detector/cnn", Level.DEGRADED));

        ServiceRegistration<?> model = register(ModelJar.mmod("dlib"));
        await(() -> services("cnn").size() == 1);
        FaceDetector cnn = context.getService(services("cnn").iterator().next());
        assertThat(cnn.method()).isEqualTo("cnn");
        assertThat(cnn.detect(blank(), DetectionOptions.LIVE)).isEmpty();
        await(() -> detectors.conditions().get(1).level() == Level.OK);

        model.unregister();
        await(() -> services("cnn").isEmpty());
        assertThat(services("hog")).hasSize(1);
        detectors.deactivate();
        assertThat(services("hog")).isEmpty();
    }

    @Test
    void restartsLeaveNoServiceThreadOrMemory() throws Exception {
        register(ModelJar.mmod("dlib"));
        long before = -1;
        for (int i = 0; i < 10; i++) {
            var detectors = new Detectors(context, config(i - 1));
            FaceDetector hog = context.getService(services("hog").iterator().next());
            if (i % 2 == 0) {
                await(() -> services("cnn").size() == 1);
            }
            assertThat(hog.detect(blank(), DetectionOptions.LIVE)).isEmpty();
            detectors.deactivate();
            detectors.deactivate();
            assertThat(context.getServiceReference(FaceDetector.class)).isNull();
            await(() -> threads() == 0);
            before = before < 0 ? Pointer.totalBytes() : before;
            assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
        }
    }

    private static Frame blank() {
        return Frame.rgb("blank", 0, Instant.EPOCH, 200, 100, new byte[3 * 200 * 100]);
    }

    private ServiceRegistration<?> register(ModelData model) {
        return context.registerService(
                ModelData.class,
                model,
                FrameworkUtil.asDictionary(
                        Map.of(
                                ModelData.ID, model.info().id(),
                                ModelData.KIND, "detector",
                                ModelData.FORMAT, "dlib",
                                ModelData.VERSION, "1.0.0",
                                Constants.SERVICE_RANKING, 1_000_000)));
    }

    private Collection<ServiceReference<FaceDetector>> services(String method) {
        try {
            return context.getServiceReferences(
                    FaceDetector.class, "(" + FaceDetector.METHOD + "=" + method + ")");
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("facegate-"))
                .count();
    }

    private static Detectors.Config config(int threads) {
        return new Detectors.Config() {
            @Override
            public int threads() {
                return threads;
            }

            @Override
            public Class<Detectors.Config> annotationType() {
                return Detectors.Config.class;
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
