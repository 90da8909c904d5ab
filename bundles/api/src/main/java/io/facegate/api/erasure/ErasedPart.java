// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.erasure;

import java.util.Objects;

/**
 * What one place held of a person and what became of it. Neither text has the person's name: it is
 * kept as a proof.
 *
 * @param what what it is, such as {@code encodings} or {@code retained topics}
 * @param count how many were removed
 * @param left what could not be removed and what to do about it; empty when nothing is left
 * @param again whether the place is to be asked again, until it removed what is left
 */
public record ErasedPart(String what, long count, String left, boolean again) {
    public ErasedPart {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(left, "left");
    }

    /** What is left, if anything, is for a person to remove: the place is not asked again. */
    public ErasedPart(String what, long count, String left) {
        this(what, count, left, false);
    }
}
