// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.io.IOException;

/** A sound picture of a kind that is not read; the message says which, to follow "has". */
final class UnreadFormException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadFormException(String form) {
        super(form);
    }

    /** A picture of dots: they make another face, 0.745 from the picture they were made of. */
    static UnreadFormException blackAndWhite() {
        return new UnreadFormException("black and white pixels only");
    }
}
