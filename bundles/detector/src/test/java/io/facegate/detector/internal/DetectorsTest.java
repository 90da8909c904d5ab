// SPDX-License-Identifier: Apache-2.0
package io.facegate.detector.internal;

import static io.facegate.testing.Await.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.frame.Frame;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.testing.EmptyFramework;
import io.facegate.testing.ModelJar;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

import java.time.Instant;
import java.util.Collection;

/** With the service registry of a real framework. */
class DetectorsTest {
    private static final Detectors.Config CONFIG = config(0);

    @RegisterExtension private final EmptyFramework framework = new EmptyFramework();

    private BundleContext context;

    @BeforeEach
    void start() {
        context = framework.context();
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

        ServiceRegistration<?> model = ModelJar.mmod("dlib").register(context, 1_000_000);
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
        ModelJar.mmod("dlib").register(context, 1_000_000);
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
}
