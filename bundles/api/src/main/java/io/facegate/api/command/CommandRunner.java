// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.command;

import org.osgi.annotation.versioning.ProviderType;

import java.util.List;

/** Runs commands of the command line within this process. Thread-safe. */
@ProviderType
public interface CommandRunner {
    /**
     * Runs one command; blocks until it is done.
     *
     * @param words the command and its options, as on the command line
     * @param surroundings where it reads and writes, and when it is to stop
     * @return the exit code: 0 done, 1 something was refused, 2 wrongly used
     */
    int run(List<String> words, CommandSurroundings surroundings);
}
