// SPDX-License-Identifier: Apache-2.0
package io.facegate.detector.internal;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.model.ModelKind;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.ConditionSource;
import io.facegate.model.loader.ModelSlot;
import io.facegate.model.loader.ServiceOffer;

import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
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
 * Registers the detectors: {@code hog} always, {@code cnn} while there is a good model. They are
 * registered here and not as components of their own because they come and go with models, and
 * because the condition must also say why one is not there.
 */
@Component(service = ConditionSource.class, immediate = true, configurationPid = Detectors.PID)
@Designate(ocd = Detectors.Config.class)
public final class Detectors implements ConditionSource {
    static final String PID = "io.facegate.detector";

    private static final Logger LOG = LoggerFactory.getLogger(Detectors.class);
    private static final String HOG_PART = "detector/" + HogDetector.METHOD;

    /** Configuration. */
    @ObjectClassDefinition(
            name = "Facegate face detectors",
            description = "dlib's HOG and CNN detectors")
    public @interface Config {
        /** Threads of the HOG detector. */
        @AttributeDefinition(
                name = "Threads",
                description =
                        "Threads that share the work on one picture (hog), 0 to 64; 0 = one for each"
                                + " core. The result does not depend on it.",
                min = "0",
                max = "64")
        int threads() default 0;
    }

    private final ModelSlot<CnnDetector> cnn;
    private final Condition hogCondition;
    private HogDetector hog;
    private ServiceRegistration<FaceDetector> hogRegistration;

    /** Registers what can be had now. */
    @Activate
    public Detectors(BundleContext context, Config config) {
        hogCondition = openHog(context, threads(config.threads()));
        cnn =
                new ModelSlot<>(
                        context,
                        new ServiceOffer<>(
                                "detector/" + CnnDetector.METHOD,
                                ModelKind.DETECTOR,
                                "dlib",
                                0, // what other engines run better is left to them
                                FaceDetector.class,
                                Map.of(FaceDetector.METHOD, CnnDetector.METHOD)),
                        new CnnLoader());
    }

    private Condition openHog(BundleContext context, int threads) {
        try {
            hog = new HogDetector(threads);
        } catch (RuntimeException | LinkageError e) {
            LOG.error(
                    "The native library of dlib cannot be used on this machine; there is no face"
                            + " detector. Install the distribution for this machine",
                    e);
            return new Condition(HOG_PART, Level.FAILED, "dlib's native library failed: " + e);
        }
        hogRegistration =
                context.registerService(
                        FaceDetector.class,
                        hog,
                        FrameworkUtil.asDictionary(
                                Map.of(FaceDetector.METHOD, HogDetector.METHOD)));
        LOG.info("Detector hog uses {} threads", threads);
        return new Condition(HOG_PART, Level.OK, threads + " threads");
    }

    private static int threads(int configured) {
        if (configured < 0 || configured > 64) {
            LOG.warn("{}: threads is 0 to 64, not {}; 0 is used", PID, configured);
        }
        return configured > 0 && configured <= 64
                ? configured
                : Runtime.getRuntime().availableProcessors();
    }

    /** Unregisters the detectors; memory in use by a call is freed at its end. */
    @Deactivate
    public void deactivate() {
        cnn.close();
        if (hogRegistration != null) {
            hogRegistration.unregister();
            hogRegistration = null;
            hog.close();
        }
    }

    @Override
    public List<Condition> conditions() {
        return List.of(hogCondition, cnn.condition());
    }
}
