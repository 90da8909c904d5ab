// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Optional;

/** {@code --tolerance}. */
public final class ToleranceArgument {
    private Optional<Tolerance> given = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-t", "--tolerance"},
            paramLabel = "T",
            description =
                    "Largest distance at which faces are of one person, above 0, at most 2; default:"
                            + " what the gateway is configured with, or 0.6")
    private void set(double tolerance) {
        if (!Tolerance.isValid(tolerance)) {
            throw new ParameterException(
                    spec.commandLine(), "--tolerance is above 0, at most 2, not " + tolerance);
        }
        given = Optional.of(Tolerance.option(tolerance));
    }

    /** The one given, else the gateway's. */
    public Tolerance in(Session session) {
        return given.orElseGet(session.parts()::tolerance);
    }
}
