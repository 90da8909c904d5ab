// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.model.UpdateStatus.GalleryComparison;
import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Tells every face of a gallery by the nearest of all others, with two models, and compares what
 * they say of each person. Of large galleries some people, evenly chosen, are told by everybody.
 */
final class LeaveOneOut {
    /** Faces told at most: 50,000 others take about ten seconds then. */
    private static final int MOST_FACES = 1000;

    /** Shares of right faces are compared up to that: faces without a chip are missing in one. */
    private static final double SAME = 1e-9;

    private final double toleranceBefore;
    private final double toleranceAfter;
    private final BooleanSupplier stopped;
    private final FreeTime time;

    /**
     * @param toleranceBefore largest distance at which faces are of one person, of the one encoder
     * @param toleranceAfter the same of the other
     * @param stopped asked before each face whether to give up
     * @param time waited for between faces
     */
    LeaveOneOut(
            double toleranceBefore, double toleranceAfter, BooleanSupplier stopped, FreeTime time) {
        this.time = time;
        this.toleranceBefore = toleranceBefore;
        this.toleranceAfter = toleranceAfter;
        this.stopped = stopped;
    }

    /** How the faces of one person were told. */
    private record Told(int faces, int right, int wrong) {
        double share() {
            return faces == 0 ? 0 : (double) right / faces;
        }
    }

    /** Blocks; empty when it was stopped. */
    Optional<GalleryComparison> compare(GallerySection before, GallerySection after)
            throws InterruptedException {
        List<Person> chosen = chosen(after);
        Map<UUID, Told> old = told(before, toleranceBefore, chosen);
        Map<UUID, Told> fresh = told(after, toleranceAfter, chosen);
        if (stopped.getAsBoolean()) {
            return Optional.empty();
        }
        List<UUID> worse = new ArrayList<>();
        Told none = new Told(0, 0, 0);
        Told allOld = none;
        Told allFresh = none;
        for (Person person : chosen) {
            Told one = old.getOrDefault(person.id(), none);
            Told other = fresh.getOrDefault(person.id(), none);
            if (other.wrong > one.wrong || other.share() < one.share() - SAME) {
                worse.add(person.id());
            }
            allOld = sum(allOld, one);
            allFresh = sum(allFresh, other);
        }
        return Optional.of(
                new GalleryComparison(
                        allFresh.faces,
                        allOld.right,
                        allFresh.right,
                        allOld.wrong,
                        allFresh.wrong,
                        worse));
    }

    private static Told sum(Told a, Told b) {
        return new Told(a.faces + b.faces, a.right + b.right, a.wrong + b.wrong);
    }

    private static List<Person> chosen(GallerySection section) {
        List<Person> people = section.people();
        int step = Math.max(1, (section.size() + MOST_FACES - 1) / MOST_FACES);
        List<Person> chosen = new ArrayList<>();
        for (int i = 0; i < people.size(); i += step) {
            chosen.add(people.get(i));
        }
        return chosen;
    }

    private Map<UUID, Told> told(GallerySection section, double tolerance, List<Person> chosen)
            throws InterruptedException {
        Map<UUID, Told> result = new HashMap<>();
        chosen.forEach(person -> result.put(person.id(), new Told(0, 0, 0)));
        int row = 0;
        for (GalleryBlock block : section.blocks()) {
            for (int i = 0; i < block.size() && !stopped.getAsBoolean(); i++, row++) {
                UUID owner = section.people().get(section.owner(row)).id();
                Told before = result.get(owner);
                if (before != null) {
                    int at = i * section.dimension();
                    Told one = told(section, tolerance, row, block.vectors(), at);
                    result.put(owner, sum(before, one));
                    time.await();
                }
            }
        }
        return result;
    }

    /** One face by the nearest of all others. */
    private static Told told(
            GallerySection section, double tolerance, int face, float[] vectors, int at) {
        double least = tolerance * tolerance;
        int nearest = -1;
        int row = 0;
        for (GalleryBlock block : section.blocks()) {
            for (int i = 0; i < block.size(); i++, row++) {
                double distance =
                        squared(section.dimension(), vectors, at, block.vectors(), i, least);
                if (row != face && distance <= least) {
                    least = distance;
                    nearest = row;
                }
            }
        }
        if (nearest < 0) {
            return new Told(1, 0, 0);
        }
        boolean right = section.owner(nearest) == section.owner(face);
        return new Told(1, right ? 1 : 0, right ? 0 : 1);
    }

    /** The distance squared; anything above {@code enough} once that is passed. */
    private static double squared(
            int dimension, float[] a, int from, float[] b, int row, double enough) {
        double sum = 0;
        int at = row * dimension;
        for (int i = 0; i < dimension; i++) {
            double d = (double) a[from + i] - b[at + i];
            sum += d * d;
            if ((i & 31) == 31 && sum > enough) {
                return sum;
            }
        }
        return sum;
    }
}
