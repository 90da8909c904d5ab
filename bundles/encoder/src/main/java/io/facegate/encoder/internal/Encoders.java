// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.model.ModelKind;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.model.loader.LoadedCandidate;
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

import java.util.List;
import java.util.Map;

/**
 * Registers a {@link LandmarkDetector} and a {@link FaceEncoder}, each while there is a good model
 * for it.
 */
@Component(service = ConditionSource.class, immediate = true, configurationPid = Encoders.PID)
@Designate(ocd = Encoders.Config.class)
public final class Encoders implements ConditionSource {
    static final String PID = "io.facegate.encoder";

    private static final Logger LOG = LoggerFactory.getLogger(Encoders.class);
    private static final String FORMAT = "dlib";

    /** What other engines run better is left to them. */
    private static final int PREFERENCE = 0;

    private static final ServiceOffer<DlibFaceEncoder> ENCODER =
            new ServiceOffer<>(
                    "encoder", ModelKind.ENCODER, FORMAT, PREFERENCE, FaceEncoder.class, Map.of());

    /** Configuration. */
    @ObjectClassDefinition(
            name = "Facegate face encoder",
            description = "dlib's landmarks and 128-number descriptors")
    public @interface Config {
        /** Chips in one call of dlib. */
        @AttributeDefinition(
                name = "Batch size",
                description =
                        "Most faces encoded in one call, 1 to 64. More needs a little more memory and"
                                + " is a little faster; the result does not depend on it.",
                min = "1",
                max = "64")
        int batch_size() default 8;
    }

    private final ModelSlot<DlibLandmarkDetector> landmarks;
    private final ModelSlot<DlibFaceEncoder> encoder;
    private final ModelSlot<?> candidate;

    /** Starts to look for models. */
    @Activate
    public Encoders(BundleContext context, Config config) {
        int batchSize = Math.max(1, Math.min(64, config.batch_size()));
        if (batchSize != config.batch_size()) {
            LOG.warn("{}: batch.size is 1 to 64; {} is used", PID, batchSize);
        }
        landmarks =
                new ModelSlot<>(
                        context,
                        new ServiceOffer<>(
                                "landmarks",
                                ModelKind.LANDMARKS,
                                FORMAT,
                                PREFERENCE,
                                LandmarkDetector.class,
                                Map.of()),
                        new LandmarksLoader());
        var encoders = new EncoderLoader(batchSize, System.getProperty("os.arch", ""));
        encoder = new ModelSlot<>(context, ENCODER, encoders);
        candidate = LoadedCandidate.slot(context, ENCODER, encoders::candidate);
    }

    /** Unregisters the services; memory in use by a call is freed at its end. */
    @Deactivate
    public void deactivate() {
        landmarks.close();
        encoder.close();
        candidate.close();
    }

    @Override
    public List<Condition> conditions() {
        return List.of(landmarks.condition(), encoder.condition());
    }
}
