// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import io.facegate.api.status.Condition;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A service that a command needs did not come; the message names it and what may be the reason. */
public final class MissingPartException extends Exception {
    private static final long serialVersionUID = 1L;

    public MissingPartException(String part, Duration patience, List<Condition> troubles) {
        super(
                "The part \""
                        + part
                        + "\" did not come within "
                        + patience.toSeconds()
                        + " s."
                        + reasons(troubles));
    }

    private static String reasons(List<Condition> troubles) {
        if (troubles.isEmpty()) {
            return " Its bundle is missing or did not start; the log in the data folder says more.";
        }
        return troubles.stream()
                .map(trouble -> "\n  " + trouble.part() + ": " + trouble.message())
                .collect(Collectors.joining());
    }
}
