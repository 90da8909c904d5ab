// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.Gallery;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a change means once it is committed.
 *
 * @param value what the caller gets
 * @param ofGallery whether people or encodings changed, which other processes are to notice
 * @param step from the snapshot before to the one after; empty when it is to be read anew
 * @param erased whether personal data was removed, which is to leave the write-ahead log too
 */
record Change<T>(
        T value, boolean ofGallery, Optional<UnaryOperator<Gallery>> step, boolean erased) {
    static <T> Change<T> of(T value, UnaryOperator<Gallery> step) {
        return new Change<>(value, true, Optional.of(step), false);
    }

    /** Of something else than people and encodings, or of nothing. */
    static <T> Change<T> outside(T value) {
        return new Change<>(value, false, Optional.of(UnaryOperator.identity()), false);
    }

    static <T> Change<T> readAnew(T value) {
        return new Change<>(value, true, Optional.empty(), false);
    }

    /** The same, with personal data removed. */
    Change<T> erasing() {
        return new Change<>(value, ofGallery, step, true);
    }

    /** The same, the snapshot before not being the latest. */
    Change<T> afterOthers() {
        return new Change<>(value, ofGallery, Optional.empty(), erased);
    }
}
