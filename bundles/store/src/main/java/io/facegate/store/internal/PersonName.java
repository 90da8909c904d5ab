// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.StoreException;

import java.text.Normalizer;

/** What counts as a name of a person, and in which form it is kept and compared. */
final class PersonName {
    private static final int LONGEST = 200;

    private PersonName() {}

    /**
     * The form kept: trimmed and composed (NFC), so that one name is one sequence of characters.
     */
    static String of(String text) throws StoreException {
        String name = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        if (name.isEmpty()) {
            throw new StoreException("an empty name is no name: give the person's name");
        }
        int length = name.codePointCount(0, name.length());
        if (length > LONGEST) {
            throw new StoreException(
                    "a name of "
                            + length
                            + " characters is too long: give one of at most "
                            + LONGEST);
        }
        if (name.codePoints().anyMatch(PersonName::unprintable)) {
            throw new StoreException(
                    "a name with control characters, such as a line break, is no name: remove"
                            + " them");
        }
        return name;
    }

    private static boolean unprintable(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
