// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;

import java.util.BitSet;

/** The plain loop over all encodings: what every faster way has to agree with. */
final class PlainScan {
    private PlainScan() {}

    /** Matches a face with a section of its own model and dimension that is not empty. */
    static Match match(
            float[] face, GallerySection section, Strategy strategy, double tolerance, int k) {
        Tally tally = new Tally(section, strategy, tolerance, k);
        int encoding = 0;
        for (GalleryBlock block : section.blocks()) {
            float[] vectors = block.vectors();
            for (int row = 0; row < block.size(); row++) {
                tally.add(encoding++, Distance.between(face, vectors, row * face.length));
            }
        }
        return tally.match();
    }

    /** The same as if the section were without some of its people. */
    static Match match(
            float[] face,
            GallerySection section,
            Strategy strategy,
            double tolerance,
            int k,
            BitSet without) {
        Tally tally = new Tally(section, strategy, tolerance, k);
        boolean any = false;
        int encoding = 0;
        for (GalleryBlock block : section.blocks()) {
            float[] vectors = block.vectors();
            for (int row = 0; row < block.size(); row++) {
                if (!without.get(section.owner(encoding))) {
                    tally.add(encoding, Distance.between(face, vectors, row * face.length));
                    any = true;
                }
                encoding++;
            }
        }
        return any ? tally.match() : Match.NONE;
    }
}
