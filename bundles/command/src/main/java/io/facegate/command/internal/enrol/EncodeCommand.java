// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.DetectionArguments;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Progress;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
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
            names = "--prune",
            description =
                    "Also remove what came from a person's folder and is no longer there, and with"
                            + " the last picture the person")
    private boolean prune;

    @Mixin private DetectionArguments detection;

    public EncodeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, MissingPartException {
        RecognitionOptions defaults = RecognitionOptions.PICTURE;
        RecognitionOptions options =
                new RecognitionOptions(
                        detection.method(),
                        detection.options(defaults.detection().upsample()),
                        defaults.strategy(),
                        defaults.tolerance(),
                        defaults.k());
        if (encodingsFile != null) {
            session.say(
                    "-e "
                            + encodingsFile
                            + ": no such file is written; the encodings go into the gallery of the"
                            + " data folder, where 'recognize' and 'run' find them.");
        }
        Dataset found = Dataset.of(dataset, session.require(PictureReader.class)::isPicture);
        if (found.pictures().isEmpty() && !prune) {
            throw new IOException(
                    dataset
                            + ": no folder with pictures in it. There must be one folder per"
                            + " person, named after the person.");
        }
        EncodingStore store = session.require(EncodingStore.class);
        Enroller enroller = session.require(Enroller.class);
        session.requireStages(options.detectionMethod());
        return enrol(found, new BatchEnrolment(enroller, store, options, faces), store);
    }

    private int enrol(Dataset found, BatchEnrolment batch, EncodingStore store) throws IOException {
        session.say(
                String.format(
                        "%s: %s of %s%s",
                        dataset,
                        count(found.pictures().size(), "picture"),
                        count(found.people(), "person"),
                        faces == Enroller.Faces.LARGEST
                                ? "; of several faces the largest is taken (--faces)"
                                : ""));
        found.empty().forEach(folder -> session.say(folder + ": no picture in this folder"));
        Tally tally = new Tally(new Progress(session, "pictures", found.pictures().size()));
        found.misplaced().forEach(tally::misplaced);
        batch.enrol(found, session.stop()::stopped, tally);
        tally.progress.end();
        if (prune && !session.stop().stopped()) {
            int removed = batch.prune(found);
            session.say("Removed " + count(removed, "encoding") + " no longer in the dataset.");
        }
        tally.summarise(store.gallery());
        return tally.refused > 0 ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private static String count(long number, String noun) {
        return Count.of(number, noun, noun.equals("person") ? "people" : noun + "s");
    }

    /** Counts and reports what became of the pictures. */
    private final class Tally implements BatchEnrolment.Listener {
        private final Progress progress;
        private int taken;
        private int facesTaken;
        private int unchanged;
        private int refused;

        Tally(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void taken(Dataset.Picture picture, Enrolment enrolment) {
            if (enrolment.unchanged()) {
                unchanged++;
            } else {
                taken++;
                facesTaken += enrolment.boxes().size();
                if (enrolment.facesFound() > enrolment.boxes().size()) {
                    progress.say(
                            picture.source()
                                    + ": "
                                    + enrolment.facesFound()
                                    + " faces, took the largest");
                }
            }
            progress.step();
        }

        @Override
        public void refused(Dataset.Picture picture, String reason) {
            refuse(picture.source(), reason);
            progress.step();
        }

        void misplaced(Path file) {
            refuse(
                    file.getFileName().toString(),
                    "not in a person's folder; move it into a folder named after whom it shows");
        }

        private void refuse(String picture, String reason) {
            refused++;
            // reasons may name the file themselves
            progress.say(
                    "refused " + (reason.startsWith(picture) ? reason : picture + ": " + reason));
        }

        void summarise(Gallery gallery) {
            long encodings = gallery.people().stream().mapToLong(p -> p.encodings()).sum();
            session.say(
                    String.format(
                            Locale.ROOT,
                            "%s %s (%s), %d unchanged, %d refused. The gallery has %s with %s.",
                            session.stop().stopped() ? "Stopped after" : "Took",
                            count(taken, "picture"),
                            count(facesTaken, "face"),
                            unchanged,
                            refused,
                            count(gallery.people().size(), "person"),
                            count(encodings, "encoding")));
        }
    }
}
