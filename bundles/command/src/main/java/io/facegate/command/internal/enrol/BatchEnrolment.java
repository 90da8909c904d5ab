// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.text.Normalizer;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Takes a dataset into the gallery, picture by picture. */
final class BatchEnrolment {
    /** Told of every picture. */
    interface Listener {
        void taken(Dataset.Picture picture, Enrolment enrolment);

        void refused(Dataset.Picture picture, String reason);
    }

    private final Enroller enroller;
    private final EncodingStore store;
    private final RecognitionOptions options;
    private final Enroller.Faces faces;

    BatchEnrolment(
            Enroller enroller,
            EncodingStore store,
            RecognitionOptions options,
            Enroller.Faces faces) {
        this.enroller = enroller;
        this.store = store;
        this.options = options;
        this.faces = faces;
    }

    /** Enrols all pictures, or those up to the stop. */
    void enrol(Dataset dataset, BooleanSupplier stopped, Listener listener) {
        for (Dataset.Picture picture : dataset.pictures()) {
            if (stopped.getAsBoolean()) {
                return;
            }
            try {
                listener.taken(picture, enrol(picture));
            } catch (EnrolmentException | StoreException e) {
                listener.refused(picture, e.getMessage());
            }
        }
    }

    private Enrolment enrol(Dataset.Picture picture) throws EnrolmentException, StoreException {
        Enrolment enrolment = once(picture);
        if (!enrolment.unchanged() && replacesAnother(enrolment.person(), picture.source())) {
            // The file's content changed. What was made of the old content goes only now that the
            // new one is known to be good.
            store.deleteSource(enrolment.person().name(), picture.source());
            return once(picture);
        }
        return enrolment;
    }

    private Enrolment once(Dataset.Picture picture) throws EnrolmentException {
        return enroller.enrol(picture.person(), picture.file(), picture.source(), options, faces);
    }

    private boolean replacesAnother(Person person, String source) throws StoreException {
        return store.encodings(person.id()).stream()
                        .filter(encoding -> encoding.source().equals(source))
                        .map(StoredEncoding::contentHash)
                        .distinct()
                        .count()
                > 1;
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
