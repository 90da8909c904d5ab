// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.RecognizedFace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What was seen of a face in the frames that named nobody, and in those that named somebody. A
 * frame that names somebody makes the looks that named nobody worthless: they may be of the
 * somebody. Not thread-safe.
 */
final class Looks {
    /** People one track is remembered to have been taken for. */
    private static final int NAMED = 3;

    private final Map<UUID, Look> named = new LinkedHashMap<>();
    private Optional<Look> latest = Optional.empty();
    private Optional<Look> best = Optional.empty();

    /** Takes an encoded face in. */
    void add(RecognizedFace face, Frame frame) {
        boolean whole =
                face.descriptor().isPresent()
                        && face.chip().isPresent()
                        && face.landmarks().isPresent();
        if (face.match().known()) {
            latest = Optional.empty();
            best = Optional.empty();
            if (whole) {
                addNamed(new Look(face, frame.captured()));
            }
        } else if (whole) {
            Look look = new Look(face, frame.captured());
            latest = Optional.of(look);
            best = best.filter(b -> comparable(b, look) && b.area() > look.area()).or(() -> latest);
        }
    }

    private void addNamed(Look look) {
        UUID person = look.face().match().personId().orElseThrow();
        Look before = named.remove(person);
        boolean better =
                before == null || !comparable(before, look) || look.area() >= before.area();
        named.put(person, better ? look : before);
        if (named.size() > NAMED) {
            named.remove(named.keySet().iterator().next());
        }
    }

    /** The largest one that named a person. */
    Optional<Look> named(UUID person) {
        return Optional.ofNullable(named.get(person));
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
