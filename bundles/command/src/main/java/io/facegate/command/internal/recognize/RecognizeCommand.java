// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.camera.FrameSourceFactory;
import io.facegate.api.display.ResultWindows;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.video.VideoWriterFactory;
import io.facegate.command.internal.session.DetectionArguments;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.PassedOver;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.SetTolerances;
import io.facegate.command.internal.session.Tolerance;
import io.facegate.command.internal.session.ToleranceArgument;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final int LONGEST_DELAY = 86_400;

    private final Session session;

    @Spec private CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Input input;

    @ArgGroup(exclusive = true)
    private Format format = new Format();

    @Mixin private DetectionArguments detection;
    @Mixin private PassedOver passedOver;
    @Mixin private PixelAspectArgument pixels;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE|DIR",
            description =
                    "Write what is seen with boxes, names and distances: a picture, a folder of"
                            + " pictures, or a video without sound (mp4, mov, mkv, avi)")
    private Path output;

    @Option(
            names = {"-y", "--display"},
            paramLabel = "0|1",
            arity = "0..1",
            fallbackValue = "1",
            defaultValue = "0",
            description =
                    "Show it in a window, a video as fast as it is; a key or a click asks for the"
                            + " next picture; q, Escape or closing the window ends")
    private int display;

    @Option(
            names = "--delay",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "With --display: how long a picture is shown; default: until a key")
    private double delay;

    @Mixin private ToleranceArgument tolerance;

    @Option(
            names = "--strategy",
            paramLabel = "S",
            defaultValue = "vote",
            description =
                    "vote (as the Python scripts do), nearest, knn, or consensus (as nearest: only"
                            + " the gateway follows faces); default vote")
    private Strategy strategy;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Neighbours asked by --strategy knn; default 1. With more, people with fewer"
                            + " than half as many pictures lose to others")
    private int k;

    @Option(names = "--show-distance", description = "A distance in each line of --csv")
    private boolean showDistance;

    @Option(
            names = {"-e", "--encodings"},
            paramLabel = "FILE",
            hidden = true)
    private String encodingsFile;

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
        RecognitionOptions options = options(tolerance.set(session));
        checkAndExplain();
        tellTolerance();
        PictureReader reader = session.require(PictureReader.class);
        Path any = input.any;
        boolean pictures =
                input.images != null
                        || any != null && (Files.isDirectory(any) || reader.isPicture(any));
        if (pictures) {
            pixels.refuse();
        } else if (output != null) {
            checkVideo(session.require(VideoWriterFactory.class));
        }
        EncodingStore store = session.require(EncodingStore.class);
        Recognizer recognizer = session.require(Recognizer.class);
        session.requireStages(options.detectionMethod());
        if (!GalleryNotice.isUsable(store, session)) {
            return ExitCode.REFUSED;
        }
        return pictures
                ? pictures(recognizer, options, reader)
                : frames(recognizer, options, session.require(FrameSourceFactory.class));
    }

    private int pictures(Recognizer recognizer, RecognitionOptions options, PictureReader reader)
            throws IOException, MissingPartException {
        List<Path> files = input.images != null ? input.images : List.of(input.any);
        Annotations kept =
                output == null
                        ? Annotations.NONE
                        : new AnnotatedFiles(session.require(PictureWriter.class), output);
        Optional<ResultDisplay> window = window();
        try {
            return new PictureNaming(
                            session, recognizer, options, results(), kept, window, passedOver)
                    .run(files, reader);
        } finally {
            window.ifPresent(ResultDisplay::close);
        }
    }

    private int frames(
            Recognizer recognizer, RecognitionOptions options, FrameSourceFactory sources)
            throws MissingPartException {
        List<FrameSink> sinks = new ArrayList<>();
        window().ifPresent(sinks::add);
        if (output != null) {
            VideoWriterFactory videos = session.require(VideoWriterFactory.class);
            PictureWriter writer = session.require(PictureWriter.class);
            sinks.add(new AnnotatedVideo(session, videos, writer, output));
        }
        try {
            return new FrameNaming(session, recognizer, options, results(), location(), sinks)
                    .run(sources, pixels.ofVideo());
        } finally {
            sinks.forEach(FrameSink::close);
        }
    }

    private Optional<ResultDisplay> window() throws MissingPartException {
        if (display == 0) {
            return Optional.empty();
        }
        ResultWindows windows = session.require(ResultWindows.class);
        Duration shown = Duration.ofMillis(Math.round(1000 * delay));
        return Optional.of(new ResultDisplay(session, windows, "Facegate", shown));
    }

    /** A device or URL as it was named, a file seen from where the command was called. */
    private String location() {
        if (input.any != null) {
            return input.any.toString();
        }
        String named = input.video != null ? input.video : input.camera;
        try {
            Path file = session.path(named);
            return Files.exists(file) ? file.toString() : named;
        } catch (InvalidPathException e) {
            return named;
        }
    }

    private void checkVideo(VideoWriterFactory videos) throws IOException {
        if (Files.isDirectory(output) || !videos.isVideo(output)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--output names a video here, with an ending of %s, not %s"
                            .formatted(String.join(", ", videos.endings()), output));
        }
        Path source = session.path(location());
        if (Files.exists(output) && Files.exists(source) && Files.isSameFile(output, source)) {
            throw new IOException(output + ": it is the video itself; choose another --output");
        }
    }

    private RecognitionOptions options(SetTolerances used) {
        try {
            return new RecognitionOptions(
                    detection.method(),
                    detection.options(input.camera != null ? 0 : 1),
                    strategy,
                    used,
                    k);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** What is set counts for the encoder it is of: only then it is waited for here. */
    private void tellTolerance() throws MissingPartException {
        if (tolerance.set(session).isSet()) {
            session.require(FaceEncoder.class);
            Tolerance used = tolerance.in(session);
            if (used.isUnexpected()) {
                session.say("Tolerance " + used + ".");
            }
        }
    }

    private void checkAndExplain() {
        if (showDistance && !format.csv) {
            throw new ParameterException(spec.commandLine(), "--show-distance goes with --csv");
        }
        if (encodingsFile != null) {
            session.say(
                    "-e %s is not read; people come from the gallery of the data folder."
                            .formatted(encodingsFile));
        }
        if (!(delay >= 0 && delay <= LONGEST_DELAY)) {
            throw new ParameterException(
                    spec.commandLine(), "--delay is 0 to " + LONGEST_DELAY + " seconds");
        }
    }

    private Results results() {
        if (format.json) {
            return new JsonResults(session.out());
        }
        return format.csv
                ? new CsvResults(session.out(), showDistance)
                : new TextResults(session.out(), () -> tolerance.in(session));
    }
}
