// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.quality;

import io.facegate.api.store.StoreException;

import org.osgi.annotation.versioning.ProviderType;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Judges the gallery, by the encodings of the model in use (of the one with most encodings while
 * none is); those of other models are never compared with them. The work is bounded: of a large
 * gallery a sample is examined, the same at every call. Thread-safe; blocks, for up to a minute or
 * two with 100,000 encodings.
 */
@ProviderType
public interface GalleryReview {
    /**
     * Says what could be better about people.
     *
     * @param people whom; empty for everybody
     * @param tolerance largest distance at which faces are of one person
     * @param progress told the part that is done, 0 to 1, from time to time
     * @param stopped whether to end early, with the people judged until then
     * @return in the gallery's order, those without any advice included
     */
    List<PersonAdvice> advise(
            Set<UUID> people, double tolerance, DoubleConsumer progress, BooleanSupplier stopped)
            throws StoreException;

    /**
     * Takes every encoding for a face to be recognised by all the others, and tells how that goes.
     *
     * @param tolerance the one in force
     * @param progress told the part that is done, 0 to 1, from time to time
     * @param stopped whether to end early, with what was examined until then
     */
    CalibrationReport calibrate(double tolerance, DoubleConsumer progress, BooleanSupplier stopped)
            throws StoreException;

    /** A report as a picture: distances and error rates, as a stand-alone SVG document. */
    String plot(CalibrationReport report);
}
