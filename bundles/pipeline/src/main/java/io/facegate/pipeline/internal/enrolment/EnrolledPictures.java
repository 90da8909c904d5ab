// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.enrolment;

import io.facegate.api.model.ModelKey;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Knows which pictures the people asked about have encodings of, so that a dataset of thousands of
 * unchanged pictures is told apart without reading the store for each. Forgets everything when
 * somebody else changed the gallery. Thread-safe.
 */
final class EnrolledPictures {
    /** What a picture held, as one model saw it, with its source as the store spells it. */
    private record Content(String source, String hash, ModelKey model) {}

    /** Of each person asked about, by source in the normal spelling. */
    private final Map<UUID, Map<String, Set<Content>>> known = new HashMap<>();

    private Optional<EncodingStore> of = Optional.empty();
    private long revision;

    /** Whether the person of a name has an encoding of a picture, by a model. */
    synchronized boolean has(
            EncodingStore store, String name, String source, String hash, ModelKey model)
            throws StoreException {
        return !hash.isEmpty()
                && contents(store, name, source).stream()
                        .anyMatch(c -> c.hash().equals(hash) && c.model().equals(model));
    }

    /**
     * The source, as the store spells it, of which the person of a name has encodings of another
     * content; of several spellings the same one first. Encodings of the same content by other
     * models are no reason to replace them: they serve with their model.
     */
    synchronized Optional<String> other(
            EncodingStore store, String name, String source, String hash) throws StoreException {
        List<String> spellings =
                contents(store, name, source).stream()
                        .filter(content -> hash.isEmpty() || !content.hash().equals(hash))
                        .map(Content::source)
                        .toList();
        return spellings.contains(source)
                ? Optional.of(source)
                : spellings.stream().sorted().findFirst();
    }

    /**
     * A picture was added in one change of the store.
     *
     * @param replaced the source, as the store spelt it, of which it took the place of everything
     */
    synchronized void kept(
            EncodingStore store,
            Person person,
            String source,
            String hash,
            ModelKey model,
            Optional<String> replaced) {
        if (of.isEmpty() || of.get() != store) {
            return;
        }
        long now = store.gallery().revision();
        if (now != revision + 1) {
            known.clear();
        } else if (known.containsKey(person.id())) {
            Set<Content> contents =
                    known.get(person.id()).computeIfAbsent(normal(source), s -> new HashSet<>());
            replaced.ifPresent(old -> contents.removeIf(c -> c.source().equals(old)));
            contents.add(new Content(source, hash, model));
        }
        revision = now;
    }

    private Set<Content> contents(EncodingStore store, String name, String source)
            throws StoreException {
        Optional<Person> person = store.find(name);
        if (person.isEmpty()) {
            return Set.of();
        }
        long now = store.gallery().revision();
        if (of.isEmpty() || of.get() != store || now != revision) {
            known.clear();
            of = Optional.of(store);
            revision = now;
        }
        Map<String, Set<Content>> pictures = known.get(person.get().id());
        if (pictures == null) {
            pictures = new HashMap<>();
            for (StoredEncoding e : store.encodings(person.get().id())) {
                pictures.computeIfAbsent(normal(e.source()), s -> new HashSet<>())
                        .add(new Content(e.source(), e.contentHash(), e.descriptor().model()));
            }
            known.put(person.get().id(), pictures);
        }
        return pictures.getOrDefault(normal(source), Set.of());
    }

    /** Files named on a Mac are told apart from the same names elsewhere by some systems only. */
    private static String normal(String source) {
        return Normalizer.normalize(source, Normalizer.Form.NFC);
    }
}
