// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.erasure;

import java.util.Objects;

/**
 * What one place held of a person and what became of it.
 *
 * @param what what it is, such as {@code encodings} or {@code retained topics}
 * @param count how many were removed
 * @param left what could not be removed and what to do about it; empty when nothing is left
 */
public record ErasedPart(String what, long count, String left) {
    public ErasedPart {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(left, "left");
    }
}
