// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.camera.FrameSourceFactory;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.EncodingStore;
import io.facegate.command.internal.session.DetectionArguments;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code facegate recognize}: who is in pictures, in a video or before a camera. */
@Command(
        name = "recognize",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "facegate recognize --image FILE|DIR... [OPTION...]",
            "   or  facegate recognize --video FILE|URL [OPTION...]",
            "   or  facegate recognize --camera DEV [OPTION...]"
        },
        sortOptions = false,
        description = "Names the faces of pictures, of a video frame by frame, or before a camera.")
public final class RecognizeCommand implements Callable<Integer> {
    private final Session session;

    @Spec private CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Input input;

    @ArgGroup(exclusive = true)
    private Format format = new Format();

    @Mixin private DetectionArguments detection;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE|DIR",
            description = "Write the pictures with boxes and names; a file for one, else a folder")
    private Path output;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            defaultValue = "0.6",
            description = "Largest distance at which faces are of one person; default 0.6")
    private double tolerance;

    @Option(
            names = "--strategy",
            paramLabel = "S",
            defaultValue = "vote",
            description =
                    "vote (as the Python scripts do), nearest, knn or consensus; default vote")
    private Strategy strategy;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "3",
            description = "Neighbours asked by --strategy knn; default 3")
    private int k;

    @Option(names = "--show-distance", description = "A distance in each line of --csv")
    private boolean showDistance;

    @Option(
            names = {"-e", "--encodings"},
            paramLabel = "FILE",
            hidden = true)
    private String encodingsFile;

    @Option(
            names = {"-y", "--display"},
            arity = "0..1",
            fallbackValue = "1",
            hidden = true)
    private Integer display;

    /** What is looked at. */
    private static final class Input {
        @Option(
                names = "--image",
                paramLabel = "FILE|DIR",
                arity = "1..*",
                description = "Pictures, or folders of pictures")
        private List<Path> images;

        @Option(names = "--video", paramLabel = "FILE|URL", description = "A video")
        private String video;

        @Option(
                names = "--camera",
                paramLabel = "DEV",
                description = "A camera: 0, /dev/video0, rpicam, rtsp://...; until Ctrl-C")
        private String camera;

        @Option(
                names = {"-i", "--input"},
                paramLabel = "FILE|DIR",
                description = "A picture, a folder of pictures or a video")
        private Path any;
    }

    /** How it is printed. */
    private static final class Format {
        @Option(names = "--json", description = "JSON Lines: one object for each picture or frame")
        private boolean json;

        @Option(
                names = "--csv",
                description =
                        "file,name for each face, as face_recognition prints it (frames:"
                                + " file,frame,milliseconds,name)")
        private boolean csv;
    }

    public RecognizeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, MissingPartException {
        RecognitionOptions options = options();
        checkAndExplain();
        PictureReader reader = session.require(PictureReader.class);
        boolean pictures = input.images != null || (input.any != null && isPicture(reader));
        if (output != null && !pictures) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--output writes pictures; a video with names cannot be written yet");
        }
        EncodingStore store = session.require(EncodingStore.class);
        Recognizer recognizer = session.require(Recognizer.class);
        session.requireStages(options.detectionMethod());
        if (store.gallery().people().isEmpty()) {
            session.say("The gallery is empty, so every face is unknown; see 'facegate encode'.");
        }
        FaceNaming naming = new FaceNaming(session, recognizer, options, results());
        if (pictures) {
            List<Path> files = input.images != null ? input.images : List.of(input.any);
            return naming.pictures(files, reader, annotations());
        }
        String location = input.any != null ? input.any.toString() : input.video;
        return naming.frames(
                location != null ? location : input.camera,
                session.require(FrameSourceFactory.class));
    }

    private RecognitionOptions options() {
        try {
            return new RecognitionOptions(
                    detection.method(),
                    detection.options(input.camera != null ? 0 : 1),
                    strategy,
                    tolerance,
                    k);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void checkAndExplain() {
        if (showDistance && !format.csv) {
            throw new ParameterException(spec.commandLine(), "--show-distance goes with --csv");
        }
        if (encodingsFile != null) {
            session.say(
                    "-e "
                            + encodingsFile
                            + " is not read; people come from the gallery of the data folder.");
        }
        if (display != null && display != 0) {
            session.say("--display is not there yet; --output writes pictures with names.");
        }
    }

    private boolean isPicture(PictureReader reader) {
        return Files.isDirectory(input.any) || reader.isPicture(input.any);
    }

    private Results results() {
        if (format.json) {
            return new JsonResults(session.out());
        }
        return format.csv
                ? new CsvResults(session.out(), showDistance)
                : new TextResults(session.out(), tolerance);
    }

    private Annotations annotations() throws MissingPartException {
        return output == null
                ? Annotations.NONE
                : new AnnotatedFiles(session.require(PictureWriter.class), output);
    }
}
