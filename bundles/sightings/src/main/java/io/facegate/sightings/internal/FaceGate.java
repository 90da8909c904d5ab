// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import io.facegate.api.frame.Box;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.sighting.UnknownSighting;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.Supplier;

/** Which faces are good enough to be kept. Thread-safe. */
final class FaceGate {
    private static final Logger log = LoggerFactory.getLogger(FaceGate.class);

    private final Settings settings;
    private final Supplier<Optional<FaceQualityMeter>> meter;
    private volatile String problem = "";

    /**
     * @param meter without one only the size counts
     */
    FaceGate(Settings settings, Supplier<Optional<FaceQualityMeter>> meter) {
        this.settings = settings;
        this.meter = meter;
    }

    /** The shorter side of the face in pixels. */
    static int size(UnknownSighting sighting) {
        Box box = sighting.detection().box();
        return Math.min(box.width(), box.height());
    }

    boolean good(UnknownSighting sighting) {
        return size(sighting) >= settings.minFace() && sharp(sighting);
    }

    private boolean sharp(UnknownSighting sighting) {
        Optional<FaceQualityMeter> current = meter.get();
        if (current.isEmpty()) {
            return true;
        }
        try {
            double sharpness =
                    current.get()
                            .measure(sighting.detection(), sighting.landmarks(), sighting.chip())
                            .sharpness();
            problem = "";
            return sharpness >= settings.minSharpness();
        } catch (RuntimeException e) {
            if (!problem.equals(e.toString())) {
                problem = e.toString();
                log.warn("faces cannot be measured, only their size counts: {}", problem);
            }
            return true;
        }
    }
}
