// SPDX-License-Identifier: Apache-2.0
package io.facegate.start;

import org.apache.felix.main.Main;

import java.util.Objects;

/** Starts the framework for a single command. */
public final class Command {
    /** Environment variable with the words of the command, each ended by U+001F. */
    static final String WORDS = "FACEGATE_ARGS";

    private Command() {}

    /**
     * Felix's own start. What anybody prints to {@code System.out} is a message here: standard
     * output is the command's data, which it writes by itself.
     *
     * @param args those of Felix
     */
    public static void main(String[] args) throws Exception {
        System.setOut(System.err);
        System.setProperty("facegate.args", Objects.requireNonNullElse(System.getenv(WORDS), ""));
        Main.main(args);
    }
}
