// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.RecognizedFace;

import java.util.Optional;

/**
 * What was seen of a face in the frames that named nobody. A frame that names somebody makes the
 * looks before it worthless: they may be of the somebody. Not thread-safe.
 */
final class Looks {
    private Optional<Look> latest = Optional.empty();
    private Optional<Look> best = Optional.empty();

    /** Takes an encoded face in. */
    void add(RecognizedFace face, Frame frame) {
        if (face.match().known()) {
            latest = Optional.empty();
            best = Optional.empty();
        } else if (face.descriptor().isPresent()
                && face.chip().isPresent()
                && face.landmarks().isPresent()) {
            Look look = new Look(face, frame.captured());
            latest = Optional.of(look);
            best = best.filter(b -> comparable(b, look) && b.area() > look.area()).or(() -> latest);
        }
    }

    /** The last one. */
    Optional<Look> latest() {
        return latest;
    }

    /** The largest one. */
    Optional<Look> best() {
        return best;
    }

    private static boolean comparable(Look a, Look b) {
        return a.face()
                .descriptor()
                .orElseThrow()
                .model()
                .equals(b.face().descriptor().orElseThrow().model());
    }
}
