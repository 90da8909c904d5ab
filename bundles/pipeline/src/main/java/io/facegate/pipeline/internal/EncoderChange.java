// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.model.ModelKey;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Notices when faces are encoded with another encoder than before, and how long frames took to be
 * finished meanwhile. For one thread.
 */
final class EncoderChange {
    private Optional<ModelKey> last = Optional.empty();
    private boolean finishedOne;
    private long finishedAt;
    private long longest;

    /**
     * A change.
     *
     * @param pauseMillis longest time between two finished frames from the last face of the one
     *     encoder to the first of the other
     */
    record Change(ModelKey before, ModelKey after, long pauseMillis) {}

    /**
     * A frame was finished; frames that failed are none.
     *
     * @param models encoders of its faces; of a frame with faces of two nothing is concluded
     * @param nanos when it was finished, as {@link System#nanoTime()}
     */
    Optional<Change> finished(Set<ModelKey> models, long nanos) {
        if (finishedOne) {
            longest = Math.max(longest, nanos - finishedAt);
        }
        finishedOne = true;
        finishedAt = nanos;
        if (models.size() != 1) {
            return Optional.empty();
        }
        ModelKey now = models.iterator().next();
        Optional<Change> change =
                last.filter(before -> !before.equals(now))
                        .map(
                                before ->
                                        new Change(
                                                before,
                                                now,
                                                TimeUnit.NANOSECONDS.toMillis(longest)));
        last = Optional.of(now);
        longest = 0;
        return change;
    }
}
