// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.recognition;

import io.facegate.api.model.ModelInfo;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The largest distances at which faces are of one person, each in the unit of an encoder.
 * Thread-safe.
 */
@ConsumerType
@FunctionalInterface
public interface Tolerances {
    /** Each encoder's own. */
    Tolerances OWN = model -> model.encoder().tolerance();

    /** The largest that makes sense of any encoder. */
    double MOST = 100;

    /**
     * The tolerance of an encoder that is in use.
     *
     * @return above 0
     */
    double of(ModelInfo model);

    /**
     * The same for whichever encoder is in use.
     *
     * @param tolerance above 0, at most {@link #MOST}
     */
    static Tolerances of(double tolerance) {
        if (!isValid(tolerance)) {
            throw new IllegalArgumentException(
                    "tolerance is above 0, at most 100, not " + tolerance);
        }
        return model -> tolerance;
    }

    /** Whether it may be the tolerance of some encoder. */
    static boolean isValid(double tolerance) {
        return tolerance > 0 && tolerance <= MOST;
    }
}
