// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.exchange;

import io.facegate.api.exchange.ExchangeFormat;
import io.facegate.api.exchange.ExportReport;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.model.ModelKey;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.GivenFile;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code facegate people export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes names and encodings for other programs; a backup has the face chips too.")
public final class ExportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The file; - or nothing for standard output")
    private String file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "pickle ({\"encodings\": [...], \"names\": [...]} for face_recognition) or json"
                            + " (default: by the file's ending, else json)")
    private ExchangeFormat format;

    @Option(
            names = "--model",
            paramLabel = "ID",
            description =
                    "Only encodings of this model (default: all of them in JSON, dlib-resnet-v1 in"
                            + " a pickle)")
    private String model;

    public ExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, IOException {
        Optional<ModelKey> key = ModelName.find(session, model);
        GalleryExchange exchange = session.require(GalleryExchange.class);
        ExchangeFormat chosen = format == null ? byEnding(file) : format;
        boolean standard = file == null || file.equals(GivenFile.STANDARD);
        ExportReport report =
                standard
                        ? exchange.exportPeople(session.out(), chosen, key)
                        : exchange.exportPeople(session.path(file), chosen, key);
        session.say(
                "Exported "
                        + Count.of(report.people(), "person", "people")
                        + " with "
                        + Count.of(report.encodings(), "encoding", "encodings")
                        + (report.leftOut() == 0
                                ? "."
                                : "; " + report.leftOut() + " of other models were left out."));
        return standard && session.out().checkError() ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private static ExchangeFormat byEnding(String file) {
        String name = file == null ? "" : file.toLowerCase(Locale.ROOT);
        return name.endsWith(".pickle") || name.endsWith(".pkl")
                ? ExchangeFormat.PICKLE
                : ExchangeFormat.JSON;
    }
}
