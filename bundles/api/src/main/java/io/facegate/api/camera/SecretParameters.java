// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parameters of URLs whose values are passwords or the like, by their names. */
public final class SecretParameters {
    private static final Pattern START =
            Pattern.compile("(?i)(?:pas|pwd|pswd|psw|token|key|auth|secret|sig)[^=&#/?@:]*=");

    private SecretParameters() {}

    /**
     * Where the first value begins that is not to be shown. What ends it is not known when it is
     * not escaped.
     *
     * @param from where to begin to look, 0 to the text's length
     */
    public static OptionalInt firstValue(String text, int from) {
        Matcher start = START.matcher(text);
        return start.find(from) ? OptionalInt.of(start.end()) : OptionalInt.empty();
    }
}
