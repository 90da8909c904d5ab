// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.quality;

import io.facegate.api.store.Person;

import java.util.List;
import java.util.Objects;

/**
 * What could be better about a person's pictures.
 *
 * @param person whom
 * @param encodings of the model in use
 * @param advice the weightiest first; empty when nothing is to be said
 */
public record PersonAdvice(Person person, int encodings, List<Advice> advice) {
    /** What about. */
    public enum Kind {
        /** An encoding is nearer to another person: probably wrongly filed. */
        LIKE_ANOTHER,
        /** An encoding is far from all others of the person. */
        FAR_FROM_OTHERS,
        /** There is no encoding of the model in use. */
        NEEDS_PHOTOS,
        /** There are few pictures. */
        FEW_PICTURES,
        /** All pictures are blurred, or small. */
        LOW_QUALITY,
        /** All pictures look the same way. */
        ONE_POSE,
        /** Two pictures are nearly the same. */
        NEAR_DUPLICATE
    }

    /**
     * One thing.
     *
     * @param source of the encoding meant; empty when it is about the person as a whole
     * @param message what and what to do, one line
     */
    public record Advice(Kind kind, String source, String message) {
        public Advice {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(message, "message");
        }
    }

    public PersonAdvice {
        Objects.requireNonNull(person, "person");
        advice = List.copyOf(advice);
    }
}
