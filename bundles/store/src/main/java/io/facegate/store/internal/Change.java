// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.Gallery;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a change means once it is committed.
 *
 * @param value what the caller gets
 * @param step from the snapshot before to the one after; empty when it is to be read anew
 */
record Change<T>(T value, Optional<UnaryOperator<Gallery>> step) {
    static <T> Change<T> of(T value, UnaryOperator<Gallery> step) {
        return new Change<>(value, Optional.of(step));
    }

    static <T> Change<T> none(T value) {
        return of(value, UnaryOperator.identity());
    }

    static <T> Change<T> readAnew(T value) {
        return new Change<>(value, Optional.empty());
    }
}
