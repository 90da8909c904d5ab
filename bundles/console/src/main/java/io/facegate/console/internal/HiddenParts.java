// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.camera.SecretParameters;

import java.util.ArrayList;
import java.util.List;

/**
 * A setting whose URL holds a login or a secret parameter, and what of it is shown. What ends an
 * unescaped password is not known, so that too much is hidden rather than too little.
 *
 * @param shown the text, with {@value #MARK} for each hidden part
 * @param hidden the parts, in their order; none: the text is shown as it is
 */
record HiddenParts(String shown, List<String> hidden) {
    static final String MARK = "***";

    HiddenParts {
        hidden = List.copyOf(hidden);
    }

    static HiddenParts of(String text) {
        int start = text.indexOf("://");
        if (start < 0) {
            return new HiddenParts(text, List.of());
        }
        List<String> hidden = new ArrayList<>();
        StringBuilder shown = new StringBuilder(text.substring(0, start + 3));
        int rest = start + 3;
        int at = text.lastIndexOf('@');
        if (at > rest) {
            hidden.add(text.substring(rest, at));
            shown.append(MARK);
            rest = at;
        }
        int end = SecretParameters.firstValue(text, rest).orElse(text.length());
        shown.append(text, rest, end);
        if (end < text.length()) {
            hidden.add(text.substring(end));
            shown.append(MARK);
        }
        return new HiddenParts(hidden.isEmpty() ? text : shown.toString(), hidden);
    }

    boolean any() {
        return !hidden.isEmpty();
    }

    /**
     * The text somebody made of what was shown, with the hidden parts in their places.
     *
     * @throws IllegalArgumentException there are not as many places as parts
     */
    String restored(String edited) {
        StringBuilder text = new StringBuilder();
        int done = 0;
        for (String part : hidden) {
            int place = edited.indexOf(MARK, done);
            if (place < 0) {
                break;
            }
            text.append(edited, done, place).append(part);
            done = place + MARK.length();
        }
        text.append(edited.substring(done));
        if (count(edited) != hidden.size()) {
            throw new IllegalArgumentException("not as many places as hidden parts");
        }
        return text.toString();
    }

    private static int count(String text) {
        int count = 0;
        for (int i = text.indexOf(MARK); i >= 0; i = text.indexOf(MARK, i + MARK.length())) {
            count++;
        }
        return count;
    }

    /** Without what is hidden. */
    @Override
    public String toString() {
        return shown;
    }
}
