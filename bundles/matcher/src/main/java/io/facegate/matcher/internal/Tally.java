// SPDX-License-Identifier: Apache-2.0
package io.facegate.matcher.internal;

import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes a match of the distances of encodings: all of them, or at least all that matter, in rising
 * order of the encodings. Not thread-safe, made for one face.
 */
final class Tally {
    private final GallerySection section;
    private final Strategy strategy;
    private final double tolerance;
    private final double[] nearest;
    private final int[] votes;
    private final int[] firstVote;
    private final double[] neighbourDistances;
    private final int[] neighbours;
    private int neighbourCount;
    private int votesCast;

    /**
     * Begins a tally.
     *
     * @param section not empty
     * @param k neighbours asked by {@link Strategy#KNN}
     */
    Tally(GallerySection section, Strategy strategy, double tolerance, int k) {
        this.section = section;
        this.strategy = strategy;
        this.tolerance = tolerance;
        int people = section.people().size();
        nearest = new double[people];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        votes = new int[people];
        firstVote = new int[people];
        int size = Math.min(neighbours(strategy, k), section.size());
        neighbourDistances = new double[size];
        neighbours = new int[size];
    }

    /** How many of the nearest encodings a strategy asks. */
    static int neighbours(Strategy strategy, int k) {
        return strategy == Strategy.KNN ? k : 1;
    }

    /** Takes the distance of an encoding into account. */
    void add(int encoding, double distance) {
        measured(section.owner(encoding), distance);
        if (distance <= tolerance) {
            vote(encoding);
        }
        insert(encoding, distance);
    }

    /** Counts an encoding that is within the tolerance, its distance not known. */
    void vote(int encoding) {
        int person = section.owner(encoding);
        if (votes[person]++ == 0) {
            firstVote[person] = encoding;
        }
        votesCast++;
    }

    /** Takes note of how near an encoding of a person is, and of nothing else. */
    void measured(int person, double distance) {
        nearest[person] = Math.min(nearest[person], distance);
    }

    /** The distance of the nearest encoding of a person that was measured; else infinite. */
    double nearest(int person) {
        return nearest[person];
    }

    /** The person with the most votes, the one whose first came first among several; -1: nobody. */
    int elected() {
        int best = -1;
        for (int p = 0; p < votes.length; p++) {
            if (votes[p] > 0
                    && (best < 0
                            || votes[p] > votes[best]
                            || votes[p] == votes[best] && firstVote[p] < firstVote[best])) {
                best = p;
            }
        }
        return best;
    }

    /** Who the face is, by all that was added; at least one encoding was. */
    Match match() {
        return switch (strategy) {
            case VOTE -> byVote();
            case KNN -> byNeighbours();
            case NEAREST, CONSENSUS -> byNearest();
        };
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
        int best = elected();
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
