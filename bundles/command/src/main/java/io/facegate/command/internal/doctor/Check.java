// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.io.IOException;
import java.util.List;

/** Looks at one subject. May block for some seconds, and may fail: the doctor tells so. */
interface Check {
    /** What it is about, in a word. */
    String subject();

    /** Whether there is nothing to see without the data folder. */
    default boolean needsData() {
        return false;
    }

    /**
     * Looks.
     *
     * @return one finding or more
     * @throws IOException something could not be looked at; the message says what
     */
    List<Finding> look(Installation installation) throws IOException;
}
