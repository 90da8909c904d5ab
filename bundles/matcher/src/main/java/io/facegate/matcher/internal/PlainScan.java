// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.GallerySection;

/** The plain loop over all encodings: what every faster way has to agree with. */
final class PlainScan {
    private PlainScan() {}

    /** Matches a face with a section of its own model and dimension that is not empty. */
    static Match match(
            float[] face, GallerySection section, Strategy strategy, double tolerance, int k) {
        Tally tally = new Tally(section, strategy, tolerance, k);
        float[] vectors = section.vectors();
        for (int i = 0; i < section.size(); i++) {
            tally.add(i, Distance.between(face, vectors, i * face.length));
        }
        return tally.match();
    }
}
