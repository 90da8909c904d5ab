// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

import io.facegate.api.model.EncoderTraits;
import io.facegate.api.quality.PersonAdvice;
import io.facegate.api.quality.PersonAdvice.Advice;
import io.facegate.api.quality.PersonAdvice.Kind;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/** Says what could be better about people. */
final class Advisor {
    /** Pictures of one person that are compared with one another. */
    private static final int MOST_OWN = 300;

    /** As few pictures as this are few. */
    private static final int FEW = 2;

    /**
     * Up to this distance, of dlib's encoder, two pictures are the same one; see the enrolment's
     * warnings.
     */
    private static final double SAME_PICTURE = 0.15;

    private final Rows rows;
    private final Sources sources;
    private final ChipLooks looks;
    private final double tolerance;
    private final double samePicture;
    private final Map<Person, int[]> owned = new HashMap<>();

    Advisor(Rows rows, Sources sources, ChipLooks looks, double tolerance, EncoderTraits traits) {
        this.rows = rows;
        this.sources = sources;
        this.looks = looks;
        this.tolerance = tolerance;
        samePicture = traits.scaled(SAME_PICTURE);
        List<List<Integer>> byOwner = new ArrayList<>();
        rows.section().people().forEach(person -> byOwner.add(new ArrayList<>()));
        for (int row = 0; row < rows.size(); row++) {
            byOwner.get(rows.owner(row)).add(row);
        }
        for (int i = 0; i < byOwner.size(); i++) {
            int[] own = byOwner.get(i).stream().mapToInt(Integer::intValue).toArray();
            owned.put(rows.section().people().get(i), own);
        }
    }

    /**
     * Judges people.
     *
     * @param mostDistances computed when looking for others they are like
     */
    List<PersonAdvice> advise(
            List<Person> people,
            long mostDistances,
            DoubleConsumer progress,
            BooleanSupplier stopped)
            throws StoreException {
        int[] asked = people.stream().flatMapToInt(p -> Arrays.stream(own(p))).toArray();
        long most = Math.max(1, mostDistances / Math.max(1, rows.size()));
        int[] compared = Rows.sample(asked, most);
        Arrays.sort(compared);
        List<PersonAdvice> all = new ArrayList<>();
        for (Person person : people) {
            if (stopped.getAsBoolean()) {
                break;
            }
            all.add(advise(person, compared));
            sources.forget();
            progress.accept((double) all.size() / people.size());
        }
        return all;
    }

    private int[] own(Person person) {
        return owned.getOrDefault(person, new int[0]);
    }

    private PersonAdvice advise(Person person, int[] compared) throws StoreException {
        int[] all = own(person);
        List<Advice> advice = new ArrayList<>();
        if (all.length == 0) {
            String message = "no encoding of the model in use: needs photos";
            return new PersonAdvice(person, 0, List.of(new Advice(Kind.NEEDS_PHOTOS, "", message)));
        }
        int[] own = Rows.sample(all, MOST_OWN);
        float[][] vectors = IntStream.of(own).mapToObj(rows::vector).toArray(float[][]::new);
        for (int i = 0; i < own.length; i++) {
            Nearest nearest = new Nearest(rows, own[i]);
            for (int j = 0; j < own.length; j++) {
                nearest.add(own[j], Rows.distance(vectors[i], vectors[j], 0));
            }
            if (Arrays.binarySearch(compared, own[i]) >= 0) {
                rows.distances(vectors[i], nearest::add);
            }
            judge(nearest, advice);
        }
        if (all.length <= FEW) {
            advice.add(
                    new Advice(
                            Kind.FEW_PICTURES,
                            "",
                            (all.length == 1 ? "only one picture" : "only two pictures")
                                    + "; three to five from different sides recognise better"));
        }
        advice.addAll(looks.advice(sources.of(person)));
        advice.sort(Comparator.comparing(Advice::kind));
        return new PersonAdvice(person, all.length, advice);
    }

    private void judge(Nearest nearest, List<Advice> advice) throws StoreException {
        boolean alone = nearest.own() < 0;
        if (nearest.otherDistance() <= tolerance
                && nearest.otherDistance() < nearest.ownDistance()) {
            advice.add(
                    new Advice(
                            Kind.LIKE_ANOTHER,
                            sources.source(nearest.row()),
                            format(
                                    "nearer to %s (%.2f, %s) than to %s: probably wrongly filed",
                                    rows.person(nearest.other()).name(),
                                    nearest.otherDistance(),
                                    sources.source(nearest.other()),
                                    alone
                                            ? "anyone else"
                                            : format(
                                                    "the person's own (%.2f)",
                                                    nearest.ownDistance()))));
        } else if (!alone && nearest.ownDistance() > tolerance) {
            advice.add(
                    new Advice(
                            Kind.FAR_FROM_OTHERS,
                            sources.source(nearest.row()),
                            format(
                                    "far from all others of the person (%.2f and more): check whom"
                                            + " it shows, or add pictures like it",
                                    nearest.ownDistance())));
        }
        // each pair once, told of the later one
        if (nearest.own() >= 0
                && nearest.own() < nearest.row()
                && nearest.ownDistance() <= samePicture) {
            advice.add(
                    new Advice(
                            Kind.NEAR_DUPLICATE,
                            sources.source(nearest.row()),
                            format(
                                    "nearly the same picture as %s (%.2f): one is enough",
                                    sources.source(nearest.own()), nearest.ownDistance())));
        }
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
