// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.matcher;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.GallerySection;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says who a face is. The service with the highest ranking is used. Thread-safe; blocks while it
 * computes, for milliseconds at most.
 *
 * <p>Every implementation gives the answer of a plain loop over the section, to the last vote:
 * distances are Euclidean, summed in double in the order of numpy's pairwise sum, so that they
 * equal {@code face_recognition.face_distance}; among equal distances the encoding added first
 * comes first.
 */
@ConsumerType
public interface FaceMatcher {
    /**
     * Compares a face with every encoding of a section.
     *
     * <p>Votes: with {@link Strategy#VOTE} the encodings within the tolerance, with {@link
     * Strategy#KNN} the neighbours asked, otherwise the one nearest encoding; nobody spoke for an
     * unknown face. The margin is the distance of the nearest other person minus that of the person
     * named (of the nearest, when unknown); it is negative when the votes name somebody who is not
     * the nearest.
     *
     * <p>A face that is within the tolerance of one of a person's counter-examples, and no farther
     * from it than from the nearest of the person's encodings, is not that person: the answer is
     * the one of the section without the encodings of all such people.
     *
     * @param section the encodings of the face's own model
     * @param tolerance largest distance at which faces are of one person, itself included
     * @param k neighbours asked by {@link Strategy#KNN}, at least 1
     * @return {@link Match#NONE} for an empty section, and when everybody in it is ruled out
     * @throws IllegalArgumentException the section is of another model or dimension
     * @throws io.facegate.api.status.StaleServiceException the service was closed
     */
    Match match(
            FaceDescriptor face,
            GallerySection section,
            Strategy strategy,
            double tolerance,
            int k);
}
