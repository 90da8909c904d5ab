// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Where a command runs.
 *
 * @param folder what relative paths are relative to
 * @param in standard input
 * @param out data
 * @param err messages for people
 * @param terminal whether {@code err} is a terminal, so that a line can be written over
 * @param stopped whether whoever asked for the command wants it to end
 */
public record CommandSurroundings(
        Path folder,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        BooleanSupplier stopped) {
    public CommandSurroundings {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(err, "err");
        Objects.requireNonNull(stopped, "stopped");
    }
}
