// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.Examination;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;
import io.facegate.command.internal.session.InOrder;

import java.text.Normalizer;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Takes a dataset into the gallery: pictures are looked at several at once, and accepted one after
 * the other in the dataset's order, so that the gallery is the same however many were looked at.
 */
final class BatchEnrolment {
    /** Pictures begun and not accepted yet, for each job. */
    private static final int AHEAD = 4;

    /** Told of every picture, in the dataset's order, by the thread that called. */
    interface Listener {
        void taken(Dataset.Picture picture, Enrolment enrolment);

        void refused(Dataset.Picture picture, EnrolmentException why);
    }

    /**
     * How pictures are taken.
     *
     * @param options how to look for faces
     * @param faces which of several faces
     * @param strict whether doubtful pictures are refused
     * @param jobs pictures looked at at once, at least 1
     */
    record Rules(RecognitionOptions options, Enroller.Faces faces, boolean strict, int jobs) {}

    private final Enroller enroller;
    private final EncodingStore store;
    private final Rules rules;

    BatchEnrolment(Enroller enroller, EncodingStore store, Rules rules) {
        this.enroller = enroller;
        this.store = store;
        this.rules = rules;
    }

    /** Enrols all pictures, or those up to the stop. */
    void enrol(Dataset dataset, BooleanSupplier stopped, Listener listener) {
        PictureMemory memory = PictureMemory.available(rules.options().detection().upsample());
        try (InOrder<Dataset.Picture, Examination> work =
                new InOrder<>("facegate-encode", rules.jobs(), AHEAD * rules.jobs())) {
            work.run(
                    dataset.pictures(),
                    picture -> memory.within(picture.file(), () -> examine(picture)),
                    done -> accept(done, listener),
                    stopped);
        }
    }

    private Examination examine(Dataset.Picture picture) throws EnrolmentException {
        return enroller.examine(
                picture.person(), picture.file(), picture.source(), rules.options(), rules.faces());
    }

    private void accept(InOrder.Done<Dataset.Picture, Examination> done, Listener listener) {
        Dataset.Picture picture = done.thing();
        Enrolment enrolment;
        try {
            enrolment = enroller.replace(done.result(), rules.strict());
        } catch (EnrolmentException e) {
            listener.refused(picture, e);
            return;
        } catch (Exception e) {
            String why = "could not be looked at, " + e + "; try again";
            listener.refused(picture, new EnrolmentException(why, e));
            return;
        }
        listener.taken(picture, enrolment);
    }

    /**
     * Removes encodings of pictures that came from a person's folder and are no longer in the
     * dataset, and with their last encoding the people. Encodings from elsewhere stay.
     *
     * @return number of encodings removed
     */
    int prune(Dataset dataset) throws StoreException {
        Set<String> present =
                dataset.pictures().stream()
                        .map(picture -> normal(picture.source()))
                        .collect(Collectors.toSet());
        int removed = 0;
        for (Person person : store.gallery().people()) {
            Set<String> sources =
                    store.encodings(person.id()).stream()
                            .map(StoredEncoding::source)
                            .collect(Collectors.toSet());
            for (String source : sources) {
                if (isFrom(person, source) && !present.contains(normal(source))) {
                    removed += store.deleteSource(person.name(), source);
                }
            }
        }
        return removed;
    }

    private static boolean isFrom(Person person, String source) {
        Optional<String> folder =
                Optional.of(source.indexOf('/'))
                        .filter(slash -> slash > 0)
                        .map(slash -> source.substring(0, slash));
        return folder.map(BatchEnrolment::normal).filter(normal(person.name())::equals).isPresent();
    }

    /** Names in the form the store keeps them. */
    private static String normal(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    }
}
