// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --tolerance}. */
public final class ToleranceArgument {
    private double value = 0.6;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-t", "--tolerance"},
            paramLabel = "T",
            description =
                    "Largest distance at which faces are of one person, above 0, at most 2; default"
                            + " 0.6")
    private void set(double tolerance) {
        if (!(tolerance > 0) || tolerance > 2) {
            throw new ParameterException(
                    spec.commandLine(), "--tolerance is above 0, at most 2, not " + tolerance);
        }
        value = tolerance;
    }

    /** 0.6 unless given. */
    public double value() {
        return value;
    }
}
