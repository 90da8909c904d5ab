// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.quality;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.quality.CalibrationReport;
import io.facegate.api.quality.GalleryReview;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.Tolerance;
import io.facegate.command.internal.session.ToleranceArgument;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code facegate calibrate}: how well the gallery's people are told apart. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description =
                "Recognises every encoding of the gallery by all the others, and tells errors by"
                        + " tolerance and the pairs to look at.")
public final class CalibrateCommand implements Callable<Integer> {
    private final Session session;

    @Mixin private ToleranceArgument tolerance;

    @Option(names = "--json", description = "One JSON object")
    private boolean json;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Also write the plot: report.svg, or report.html with the text")
    private Path output;

    @Spec private CommandSpec spec;

    public CalibrateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, IOException {
        String ending = output == null ? "" : ending(output);
        if (output != null && !ending.equals("svg") && !ending.equals("html")) {
            throw new ParameterException(
                    spec.commandLine(), "--output: " + output + " is neither .svg nor .html");
        }
        GalleryReview review = session.require(GalleryReview.class);
        session.require(FaceEncoder.class);
        Tolerance used = tolerance.in(session);
        PartProgress progress = new PartProgress(session);
        CalibrationReport report =
                review.calibrate(used.value(), progress, session.stop()::stopped);
        progress.end();
        String text = CalibrationText.of(report, used);
        session.out().print(json ? CalibrationJson.of(report, used) + "\n" : text);
        if (output != null) {
            String plot = review.plot(report);
            String document = ending.equals("svg") ? plot : CalibrationText.html(text, plot);
            Files.writeString(output, document, StandardCharsets.UTF_8);
            session.say("Wrote " + output + ".");
        }
        return session.stop().stopped() ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private static String ending(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
