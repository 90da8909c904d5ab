// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.store.EncodingStore;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.DetectionArguments;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.PassedOver;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code facegate encode}: a dataset into the gallery. */
@Command(
        name = "encode",
        mixinStandardHelpOptions = true,
        description =
                "Takes a dataset into the gallery: one folder per person, named after the person.")
public final class EncodeCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = {"-i", "--dataset"},
            paramLabel = "DIR",
            required = true,
            description = "Folder with one folder of pictures per person")
    private Path dataset;

    @Option(
            names = {"-e", "--encodings"},
            paramLabel = "FILE",
            hidden = true)
    private String encodingsFile;

    @Option(
            names = "--faces",
            paramLabel = "WHICH",
            defaultValue = "largest",
            description =
                    "Of a picture with several faces: all, largest, or refuse the picture; default"
                            + " ${DEFAULT-VALUE}")
    private Enroller.Faces faces;

    @Option(
            names = "--strict",
            description =
                    "Refuse doubtful pictures: small, blurred, turned, badly lit, duplicate, with"
                            + " several faces, or like another person; otherwise they are taken"
                            + " with a warning")
    private boolean strict;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description =
                    "Pictures looked at at once, 1 to 64, as far as memory goes; default: one for"
                            + " each core. The gallery is the same for any number")
    private void setJobs(int number) {
        if (number < 1 || number > 64) {
            throw new ParameterException(spec.commandLine(), "--jobs is 1 to 64, not " + number);
        }
        jobs = number;
    }

    private int jobs;

    @Option(
            names = "--prune",
            description =
                    "Also remove what came from a person's folder and is no longer there, and with"
                            + " the last picture the person")
    private boolean prune;

    @Mixin private DetectionArguments detection;

    @Mixin private PassedOver passedOver;

    @Spec private CommandSpec spec;

    public EncodeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, MissingPartException {
        RecognitionOptions options = detection.picture(session.parts().tolerances());
        if (encodingsFile != null) {
            session.say(
                    "-e "
                            + encodingsFile
                            + ": no such file is written; the encodings go into the gallery of the"
                            + " data folder, where 'recognize' and 'run' find them.");
        }
        Dataset found = Dataset.of(dataset, session.require(PictureReader.class)::isPicture);
        if (found.pictures().isEmpty() && !prune) {
            passedOver.say(session, found.others());
            throw new IOException(
                    dataset
                            + ": no folder with pictures in it. There must be one folder per"
                            + " person, named after the person.");
        }
        EncodingStore store = session.require(EncodingStore.class);
        Enroller enroller = session.require(Enroller.class);
        session.requireStages(options.detectionMethod());
        int atOnce = jobs == 0 ? Runtime.getRuntime().availableProcessors() : jobs;
        BatchEnrolment.Rules rules = new BatchEnrolment.Rules(options, faces, strict, atOnce);
        return enrol(found, new BatchEnrolment(enroller, store, rules), store);
    }

    private int enrol(Dataset found, BatchEnrolment batch, EncodingStore store) throws IOException {
        session.say(
                String.format(
                        "%s: %s of %s%s",
                        dataset,
                        Count.of(found.pictures().size(), "picture", "pictures"),
                        Count.of(found.people(), "person", "people"),
                        faces == Enroller.Faces.LARGEST
                                ? "; of several faces the largest is taken (--faces)"
                                : ""));
        found.empty().forEach(folder -> session.say(folder + ": no picture in this folder"));
        EncodeReport report = new EncodeReport(session, found.pictures().size());
        found.misplaced().forEach(report::misplaced);
        batch.enrol(found, session.stop()::stopped, report);
        report.end();
        if (prune && !session.stop().stopped()) {
            int removed = batch.prune(found);
            session.say(
                    "Removed "
                            + Count.of(removed, "encoding", "encodings")
                            + " no longer in the dataset.");
        }
        passedOver.say(session, found.others());
        report.summarise(store.gallery());
        return report.clean() && !session.stop().stopped() ? ExitCode.DONE : ExitCode.REFUSED;
    }
}
