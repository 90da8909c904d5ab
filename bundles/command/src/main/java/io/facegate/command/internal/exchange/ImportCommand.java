// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.exchange;

import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.exchange.ImportReport;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.Addition;
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

/** {@code facegate people import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Takes in a Python encodings.pickle or a JSON file of 'people export', whole or not at all.",
            "Nothing in a pickle is executed. What a person has already is not added again."
        })
public final class ImportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The file; - for standard input")
    private String file;

    @Option(
            names = "--model",
            paramLabel = "ID",
            description =
                    "Model of encodings that name none: an installed one, or ID:WEIGHTS (default:"
                            + " dlib-resnet-v1, face_recognition's)")
    private String model;

    public ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, IOException {
        Optional<ModelKey> key = ModelName.find(session, model);
        GalleryExchange exchange = session.require(GalleryExchange.class);
        ImportReport report;
        try (GivenFile given = GivenFile.open(session, file)) {
            report = exchange.importPeople(given.stream(), given.name(), key);
        }
        session.say(said(file, report));
        return ExitCode.DONE;
    }

    private static String said(String file, ImportReport report) {
        Addition addition = report.addition();
        String what = file + " (" + report.format().name().toLowerCase(Locale.ROOT) + "): ";
        String had =
                addition.duplicates() == 0
                        ? ""
                        : "; " + addition.duplicates() + " were there already";
        return addition.changed()
                ? what + "added " + added(addition) + had + "."
                : what + "nothing new" + had + ".";
    }

    /** {@code 2 people and 5 encodings}. */
    static String added(Addition addition) {
        return Count.of(addition.newPeople(), "person", "people")
                + " and "
                + Count.of(addition.newEncodings(), "encoding", "encodings")
                + (addition.knownPeople() == 0
                        ? ""
                        : " (" + addition.knownPeople() + " of the people were there)");
    }
}
