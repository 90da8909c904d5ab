// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.io.IOException;

/** A file that is damaged, or holds what one of its kind never has; the message is one line. */
final class RefusedFileException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    RefusedFileException(String message) {
        super(message);
    }

    /** A name out of the file, fit for a message: printable, in one line, short. */
    static String shown(String name) {
        String clean = name.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() > SHOWN ? clean.substring(0, SHOWN) + "..." : clean;
    }
}
