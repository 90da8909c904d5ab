// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.recognition.Corrections;
import io.facegate.api.recognition.RecentRecognition;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Corrects what is remembered: in the store, in the track, and in memory. Thread-safe. */
final class RecentCorrections implements Corrections {
    private final RecentRecognitions remembered;
    private final CameraPipelines pipelines;
    private final Supplier<Optional<EncodingStore>> store;
    private final Supplier<Optional<CounterExamples>> counterExamples;
    private final Tolerances tolerances;

    /**
     * @param store who is in the gallery; empty while it is being replaced
     * @param counterExamples where they are kept
     * @param tolerances distances within which faces may be of one person
     */
    RecentCorrections(
            RecentRecognitions remembered,
            CameraPipelines pipelines,
            Supplier<Optional<EncodingStore>> store,
            Supplier<Optional<CounterExamples>> counterExamples,
            Tolerances tolerances) {
        this.remembered = remembered;
        this.pipelines = pipelines;
        this.store = store;
        this.counterExamples = counterExamples;
        this.tolerances = tolerances;
    }

    @Override
    public List<RecentRecognition> recent() {
        store.get()
                .ifPresent(
                        there -> {
                            Set<UUID> people =
                                    there.gallery().people().stream()
                                            .map(Person::id)
                                            .collect(Collectors.toSet());
                            remembered.retain(people::contains);
                        });
        return remembered.list();
    }

    @Override
    public StoredEncoding reject(String eventId, Optional<UUID> person) throws StoreException {
        RecentRecognitions.Remembered wrong =
                remembered
                        .find(eventId, person)
                        .orElseThrow(
                                () ->
                                        new StoreException(
                                                "no such recognition is remembered: the last "
                                                        + RecentRecognitions.KEPT
                                                        + " since the start are, each until it is"
                                                        + " corrected; name the person and a"
                                                        + " picture instead (facegate people"
                                                        + " reject)"));
        StoredEncoding example =
                counterExamples
                        .get()
                        .orElseThrow(
                                () ->
                                        new StoreException(
                                                "the store is not running: try again later"))
                        .reject(wrong.recognition().personId(), wrong.encoding());
        pipelines.reject(wrong.recognition());
        remembered.forget(wrong.recognition());
        return example;
    }

    /** Forgets what may be of somebody who is erased. */
    List<ErasedPart> forget(Person person, List<FaceDescriptor> descriptors) {
        int count = remembered.forget(person.id(), descriptors, tolerances);
        return List.of(new ErasedPart("faces of recent recognitions", count, ""));
    }
}
