// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.enrolment;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.matcher.FaceMatcher;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.recognition.Examination;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What speaks against a picture when it is compared with the gallery. */
record GalleryCheck(EncodingStore store, FaceMatcher matcher, EncoderTraits traits) {
    /**
     * Distance up to which two pictures are the same one, scaled or saved anew: that moves a
     * descriptor of dlib's encoder by up to 0.14, and different pictures of a person lie 0.18 apart
     * and more.
     */
    static final double SAME_PICTURE = 0.15;

    /** With so many pictures of a person, one unlike them is more likely wrong than they are. */
    private static final int ENOUGH = 2;

    /** Compares the faces of a picture with everybody's. */
    List<EnrolmentWarning> warnings(Examination examination) throws StoreException {
        Optional<Person> person = store.find(examination.name());
        List<EnrolmentWarning> warnings = new ArrayList<>();
        for (Examination.Face face : examination.faces()) {
            FaceDescriptor descriptor = face.encoding().descriptor();
            Optional<GallerySection> section = store.gallery().section(descriptor.model());
            if (section.isEmpty()) {
                continue;
            }
            Match nearest =
                    matcher.match(
                            descriptor,
                            section.get(),
                            Strategy.NEAREST,
                            examination.tolerance(),
                            1);
            boolean own = person.isPresent() && nearest.personId().equals(person.map(Person::id));
            if (own && nearest.distance().orElse(Double.MAX_VALUE) <= traits.scaled(SAME_PICTURE)) {
                twin(person.get(), examination.source(), descriptor).ifPresent(warnings::add);
            } else if (nearest.known() && !own) {
                warnings.add(
                        new EnrolmentWarning(
                                EnrolmentWarning.Kind.OTHER_PERSON,
                                String.format(
                                        Locale.ROOT,
                                        "looks like %s (distance %.2f); check whom it shows",
                                        nearest.name().orElseThrow(),
                                        nearest.distance().orElseThrow())));
            } else if (!nearest.known() && owned(person, section.get()) >= ENOUGH) {
                warnings.add(
                        new EnrolmentWarning(
                                EnrolmentWarning.Kind.UNLIKE_OWN,
                                "unlike every picture of "
                                        + examination.name()
                                        + " so far; check whom it shows"));
            }
        }
        return warnings;
    }

    private static long owned(Optional<Person> person, GallerySection section) {
        if (person.isEmpty()) {
            return 0;
        }
        List<UUID> ids = section.people().stream().map(Person::id).toList();
        int index = ids.indexOf(person.get().id());
        return Arrays.stream(section.owners()).filter(owner -> owner == index).count();
    }

    private Optional<EnrolmentWarning> twin(Person person, String source, FaceDescriptor face)
            throws StoreException {
        Optional<StoredEncoding> twin = Optional.empty();
        double least = traits.scaled(SAME_PICTURE);
        for (StoredEncoding e : store.encodings(person.id())) {
            if (e.descriptor().model().equals(face.model()) && !e.source().equals(source)) {
                double distance = e.descriptor().distanceTo(face);
                if (distance <= least) {
                    least = distance;
                    twin = Optional.of(e);
                }
            }
        }
        double distance = least;
        return twin.map(
                e ->
                        new EnrolmentWarning(
                                EnrolmentWarning.Kind.DUPLICATE,
                                String.format(
                                        Locale.ROOT,
                                        "nearly the same picture as %s (distance %.2f); one is"
                                                + " enough",
                                        e.source(),
                                        distance)));
    }
}
