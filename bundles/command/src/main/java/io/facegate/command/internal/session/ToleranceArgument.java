// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import io.facegate.api.recognition.Tolerances;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Optional;

/** {@code --tolerance}. */
public final class ToleranceArgument {
    private Optional<SetTolerances> given = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-t", "--tolerance"},
            paramLabel = "T",
            description =
                    "Largest distance at which faces are of one person, in the unit of the encoder in"
                            + " use, above 0, at most 100; default: what the gateway is configured"
                            + " with, or the encoder's own (0.6 of dlib's)")
    private void set(double tolerance) {
        if (!Tolerances.isValid(tolerance)) {
            throw new ParameterException(
                    spec.commandLine(), "--tolerance is above 0, at most 100, not " + tolerance);
        }
        given = Optional.of(SetTolerances.option(tolerance));
    }

    /** The one given, else the gateway's; of the encoder in use, which is to be there. */
    public Tolerance in(Session session) {
        return set(session).resolved(session);
    }

    /** The same before it is known which encoder is in use. */
    public SetTolerances set(Session session) {
        return given.orElseGet(session.parts()::tolerances);
    }
}
