// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.right;

import io.facegate.mqtt.commands.internal.request.Command;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import java.util.Set;

/** What anybody may ask for who may publish at the broker. Immutable. */
public final class Rights {
    /** Where they are given. */
    public static final String PID = "io.facegate.mqtt.commands";

    /** The right of the topics that end in {@code /set}. */
    public static final String SET = "set";

    private static final String ALL = "*";

    private final Set<String> allowed;
    private final boolean signing;

    /**
     * @param allowed by {@link Command#right()}, or {@value #ALL}
     * @param signing whether commands that are signed are trusted
     */
    public Rights(Set<String> allowed, boolean signing) {
        this.allowed = Set.copyOf(allowed);
        this.signing = signing;
    }

    /**
     * Refuses a command nobody may ask for.
     *
     * @param signed whether it came with a good signature, which opens all
     */
    public void check(Command command, boolean signed) throws RefusedException {
        if (!signed) {
            check(command.right());
        }
    }

    /** The same for a topic that ends in {@code /set}. */
    public void checkSet() throws RefusedException {
        check(SET);
    }

    private void check(String right) throws RefusedException {
        if (!allowed.contains(right) && !allowed.contains(ALL)) {
            throw new RefusedException(
                    ErrorCode.FORBIDDEN,
                    right
                            + " is not allowed: add it to allow of the configuration "
                            + PID
                            + (signing ? ", or sign it" : ""));
        }
    }
}
