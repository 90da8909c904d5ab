// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares a face with every encoding of a gallery section: an exact plain scan, without allocation
 * per encoding. Not thread-safe, made for one face.
 *
 * <p>Votes: with {@link Strategy#VOTE} the encodings within the tolerance, with {@link
 * Strategy#KNN} the neighbours asked, otherwise the one nearest encoding; nobody spoke for an
 * unknown face. The margin is the distance of the nearest other person minus that of the person
 * named (of the nearest, when unknown); it is negative when the votes name somebody who is not the
 * nearest.
 */
final class Matcher {
    private final GallerySection section;
    private final double tolerance;
    private final double[] nearest;
    private final int[] votes;
    private final int[] firstVote;
    private final double[] neighbourDistances;
    private final int[] neighbours;
    private int neighbourCount;
    private int votesCast;

    private Matcher(GallerySection section, double tolerance, int k) {
        this.section = section;
        this.tolerance = tolerance;
        int people = section.people().size();
        nearest = new double[people];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        votes = new int[people];
        firstVote = new int[people];
        int size = Math.min(k, section.size());
        neighbourDistances = new double[size];
        neighbours = new int[size];
    }

    /**
     * Matches a face.
     *
     * @param section the encodings of the face's own model
     * @param k neighbours asked by {@link Strategy#KNN}
     * @throws IllegalArgumentException the section is of another model or dimension
     */
    static Match match(
            FaceDescriptor face,
            GallerySection section,
            Strategy strategy,
            double tolerance,
            int k) {
        if (!section.model().equals(face.model()) || section.dimension() != face.dimension()) {
            throw new IllegalArgumentException("face and gallery are of different models");
        }
        if (section.size() == 0) {
            return Match.NONE;
        }
        Matcher matcher = new Matcher(section, tolerance, strategy == Strategy.KNN ? k : 1);
        matcher.scan(face.toArray());
        return switch (strategy) {
            case VOTE -> matcher.byVote();
            case KNN -> matcher.byNeighbours();
            case NEAREST, CONSENSUS -> matcher.byNearest();
        };
    }

    /**
     * Euclidean distance in double, summed in the order of numpy's pairwise sum (eight partial sums
     * up to 128 values), so that it equals {@code face_recognition.face_distance} to the last bit.
     */
    static double distance(float[] face, float[] vectors, int offset) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i + 8 <= face.length; i += 8) {
            int v = offset + i;
            s0 += square(face[i], vectors[v]);
            s1 += square(face[i + 1], vectors[v + 1]);
            s2 += square(face[i + 2], vectors[v + 2]);
            s3 += square(face[i + 3], vectors[v + 3]);
            s4 += square(face[i + 4], vectors[v + 4]);
            s5 += square(face[i + 5], vectors[v + 5]);
            s6 += square(face[i + 6], vectors[v + 6]);
            s7 += square(face[i + 7], vectors[v + 7]);
        }
        double sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        for (; i < face.length; i++) {
            sum += square(face[i], vectors[offset + i]);
        }
        return Math.sqrt(sum);
    }

    private static double square(float a, float b) {
        double d = (double) a - b;
        return d * d;
    }

    private void scan(float[] face) {
        float[] vectors = section.vectors();
        for (int i = 0; i < section.size(); i++) {
            double d = distance(face, vectors, i * face.length);
            int person = section.owner(i);
            nearest[person] = Math.min(nearest[person], d);
            if (d <= tolerance) {
                if (votes[person]++ == 0) {
                    firstVote[person] = i;
                }
                votesCast++;
            }
            insert(i, d);
        }
    }

    /** Keeps the k nearest, earlier encodings first among equals. */
    private void insert(int encoding, double distance) {
        int at = neighbourCount;
        while (at > 0 && neighbourDistances[at - 1] > distance) {
            at--;
        }
        if (at == neighbours.length) {
            return;
        }
        int moved = Math.min(neighbourCount, neighbours.length - 1) - at;
        System.arraycopy(neighbourDistances, at, neighbourDistances, at + 1, moved);
        System.arraycopy(neighbours, at, neighbours, at + 1, moved);
        neighbourDistances[at] = distance;
        neighbours[at] = encoding;
        neighbourCount = Math.min(neighbourCount + 1, neighbours.length);
    }

    private Match byVote() {
        int best = -1;
        for (int p = 0; p < votes.length; p++) {
            if (votes[p] > 0
                    && (best < 0
                            || votes[p] > votes[best]
                            || votes[p] == votes[best] && firstVote[p] < firstVote[best])) {
                best = p;
            }
        }
        return best < 0 ? unknown() : known(best, votes[best], votesCast);
    }

    private Match byNearest() {
        return neighbourDistances[0] <= tolerance
                ? known(section.owner(neighbours[0]), 1, 1)
                : unknown();
    }

    /** Ties go to the person whose encoding is nearest. */
    private Match byNeighbours() {
        if (neighbourDistances[0] > tolerance) {
            return unknown();
        }
        int best = -1;
        int won = 0;
        for (int i = 0; i < neighbourCount; i++) {
            int person = section.owner(neighbours[i]);
            int count = 0;
            for (int j = 0; j < neighbourCount; j++) {
                count += section.owner(neighbours[j]) == person ? 1 : 0;
            }
            if (count > won) {
                won = count;
                best = person;
            }
        }
        return known(best, won, neighbourCount);
    }

    private Match known(int person, int won, int of) {
        Person p = section.people().get(person);
        return new Match(
                Optional.of(p.id()),
                Optional.of(p.name()),
                OptionalDouble.of(nearest[person]),
                won,
                of,
                margin(person));
    }

    private Match unknown() {
        int person = section.owner(neighbours[0]);
        return new Match(
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(neighbourDistances[0]),
                0,
                0,
                margin(person));
    }

    private OptionalDouble margin(int person) {
        double second = Double.POSITIVE_INFINITY;
        for (int p = 0; p < nearest.length; p++) {
            if (p != person) {
                second = Math.min(second, nearest[p]);
            }
        }
        return second == Double.POSITIVE_INFINITY
                ? OptionalDouble.empty()
                : OptionalDouble.of(second - nearest[person]);
    }
}
