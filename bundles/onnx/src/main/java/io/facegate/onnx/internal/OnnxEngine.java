// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.ModelKind;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.ConditionSource;
import io.facegate.model.loader.LoadedCandidate;
import io.facegate.model.loader.ModelLoader;
import io.facegate.model.loader.ModelSlot;
import io.facegate.model.loader.ServiceOffer;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Registers a {@link FaceEncoder} and the {@link FaceDetector}s {@code cnn} and {@code yunet}, each
 * while there is a good model in ONNX format for it that no newer model of another engine has
 * replaced.
 */
@Component(service = ConditionSource.class, immediate = true, configurationPid = OnnxEngine.PID)
@Designate(ocd = OnnxEngine.Config.class)
public final class OnnxEngine implements ConditionSource {
    static final String PID = "io.facegate.onnx";

    private static final Logger LOG = LoggerFactory.getLogger(OnnxEngine.class);
    private static final String FORMAT = "onnx";

    /** Before dlib, which gives the same answers more slowly. */
    private static final int PREFERENCE = 1;

    private static final ServiceOffer<OnnxFaceEncoder> ENCODER =
            new ServiceOffer<>(
                    "encoder/" + FORMAT,
                    ModelKind.ENCODER,
                    FORMAT,
                    PREFERENCE,
                    FaceEncoder.class,
                    Map.of());

    private static final int MOST_THREADS = 64;

    /** More cores than that do not make one face faster. */
    private static final int USUAL_THREADS = 4;

    /** Configuration. */
    @ObjectClassDefinition(
            name = "Facegate ONNX engine",
            description = "Encoder, CNN detector and YuNet with ONNX Runtime")
    public @interface Config {
        /** Whether the engine is used. */
        @AttributeDefinition(
                name = "Enabled",
                description = "Off: dlib runs the same models, with the same answers, more slowly.")
        boolean enabled() default true;

        /** Threads of one call. */
        @AttributeDefinition(
                name = "Threads",
                description =
                        "Threads that share the work on one picture or batch of faces, 0 to 64; 0 ="
                                + " one for each core, at most 4. They sleep when there is nothing"
                                + " to do.",
                min = "0",
                max = "64")
        int threads() default 0;

        /** Chips in one call. */
        @AttributeDefinition(
                name = "Batch size",
                description =
                        "Most faces encoded in one call, 1 to 64. More needs 3 MB of memory for"
                                + " each; the result does not depend on it.",
                min = "1",
                max = "64")
        int batch_size() default 8;
    }

    private final List<ModelSlot<?>> slots;

    /** What is tried; whoever has it tried tells of it. */
    private final Optional<ModelSlot<?>> candidate;

    /** Starts to look for models. */
    @Activate
    public OnnxEngine(BundleContext context, Config config) {
        if (!config.enabled()) {
            LOG.info("The ONNX engine is switched off");
            slots = List.of();
            candidate = Optional.empty();
            return;
        }
        int threads = threads(config.threads());
        int batchSize = Math.max(1, Math.min(64, config.batch_size()));
        if (batchSize != config.batch_size()) {
            LOG.warn("{}: batch.size is 1 to 64; {} is used", PID, batchSize);
        }
        LOG.info("The ONNX engine uses {} threads", threads);
        var networks = new Networks(cache(context), threads);
        var encoders = new EncoderLoader(networks, batchSize);
        slots =
                List.of(
                        new ModelSlot<>(context, ENCODER, encoders),
                        detector(
                                context,
                                FaceDetector.class,
                                CnnDetector.METHOD,
                                new CnnLoader(networks)),
                        detector(
                                context,
                                FaceDetector.class,
                                YunetDetector.METHOD,
                                new YunetLoader(networks)));
        candidate = Optional.of(LoadedCandidate.slot(context, ENCODER, encoders::candidate));
    }

    private static <T extends AutoCloseable> ModelSlot<T> detector(
            BundleContext context, Class<? super T> type, String method, ModelLoader<T> loader) {
        return new ModelSlot<>(
                context,
                new ServiceOffer<>(
                        "detector/" + method + "/" + FORMAT,
                        ModelKind.DETECTOR,
                        FORMAT,
                        PREFERENCE,
                        type,
                        Map.of(FaceDetector.METHOD, method)),
                loader);
    }

    static int threads(int configured) {
        if (configured < 0 || configured > MOST_THREADS) {
            LOG.warn("{}: threads is 0 to {}, not {}; 0 is used", PID, MOST_THREADS, configured);
        }
        return configured > 0 && configured <= MOST_THREADS
                ? configured
                : Math.min(USUAL_THREADS, Runtime.getRuntime().availableProcessors());
    }

    static Path cache(BundleContext context) {
        String data = context.getProperty("facegate.data");
        return Path.of(data == null ? "facegate-data" : data, "cache");
    }

    /** Unregisters the services; memory in use by a call is freed at its end. */
    @Deactivate
    public void deactivate() {
        slots.forEach(ModelSlot::close);
        candidate.ifPresent(ModelSlot::close);
    }

    @Override
    public List<Condition> conditions() {
        return slots.isEmpty()
                ? List.of(new Condition("onnx", Level.OK, "switched off"))
                : slots.stream().map(ModelSlot::condition).toList();
    }
}
