// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.FrameSourceFactory;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Recognizer;
import io.facegate.command.internal.enrol.Dataset;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Recognises pictures and frames one after the other and prints them. */
final class FaceNaming {
    private final Session session;
    private final Recognizer recognizer;
    private final RecognitionOptions options;
    private final Results results;

    /** A picture to look at, and its path below the folder it was found in. */
    private record Picture(Path file, Path name) {}

    FaceNaming(
            Session session, Recognizer recognizer, RecognitionOptions options, Results results) {
        this.session = session;
        this.recognizer = recognizer;
        this.options = options;
        this.results = results;
    }

    /**
     * Recognises pictures, sorted within each folder; one that is no good is reported and the next
     * follows.
     *
     * @return the exit code
     */
    int pictures(List<Path> inputs, PictureReader reader, Annotations annotations) {
        List<Picture> pictures = new ArrayList<>();
        int refused = 0;
        for (Path input : inputs) {
            refused += list(input, reader, pictures) ? 0 : 1;
        }
        boolean only = pictures.size() == 1 && inputs.size() == 1;
        for (Picture picture : pictures) {
            if (session.stop().stopped()) {
                return ExitCode.REFUSED;
            }
            refused += picture(picture, only, reader, annotations) ? 0 : 1;
        }
        if (refused > 0 && pictures.size() > 1) {
            session.say(refused + " of " + pictures.size() + " pictures could not be used.");
        }
        return refused > 0 ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private boolean list(Path input, PictureReader reader, List<Picture> pictures) {
        if (!Files.isDirectory(input)) {
            pictures.add(new Picture(input, input.getFileName()));
            return true;
        }
        try {
            List<Path> files = Dataset.pictures(input, reader::isPicture);
            files.forEach(file -> pictures.add(new Picture(file, input.relativize(file))));
            if (files.isEmpty()) {
                session.say(input + ": no picture in this folder");
            }
            return !files.isEmpty();
        } catch (IOException e) {
            session.say(e.getMessage());
            return false;
        }
    }

    private boolean picture(
            Picture picture, boolean only, PictureReader reader, Annotations annotations) {
        String file = picture.file().toString();
        try {
            FrameResult result = recognizer.recognize(reader.read(picture.file(), true), options);
            if (failed(result)) {
                session.say(file + ": " + result.message());
                return false;
            }
            results.picture(file, result);
            annotations.keep(picture.file(), picture.name(), only, result);
            return true;
        } catch (IOException e) {
            String message = e.getMessage();
            session.say(
                    message.contains(picture.file().getFileName().toString())
                            ? message
                            : file + ": " + message);
            return false;
        }
    }

    /**
     * Recognises every frame of a source up to its end, several at once unless it is live; they are
     * printed in order.
     *
     * @return the exit code
     */
    int frames(String location, FrameSourceFactory factory) {
        Tally tally = new Tally(location);
        long start = System.nanoTime();
        try (FrameSource source = factory.open(location, "command")) {
            session.stop().closes(source);
            Optional<Frame> first = source.next();
            if (first.isPresent()) {
                int threads =
                        source.frameCount() == 0
                                ? 1
                                : FramesInWork.threadsFor(first.get(), options);
                try (FramesInWork work = new FramesInWork(recognizer, options, threads)) {
                    frames(source, first, work, tally);
                }
            }
        } catch (FrameSourceException e) {
            if (!session.stop().stopped()) {
                session.say(e.getMessage());
                tally.troubles.add(e.getMessage());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        session.say(
                String.format(
                        Locale.ROOT,
                        "%d frames, %d with a face, in %.1f s (%.1f frames/s).",
                        tally.frames,
                        tally.withFaces,
                        seconds,
                        tally.frames / seconds));
        return tally.troubles.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    /** What came of the frames of one source. */
    private static final class Tally {
        private final String location;
        private final Set<String> troubles = new HashSet<>();
        private long frames;
        private long withFaces;

        Tally(String location) {
            this.location = location;
        }
    }

    private void frames(FrameSource source, Optional<Frame> first, FramesInWork work, Tally tally)
            throws FrameSourceException {
        Optional<Frame> frame = first;
        boolean goOn = true;
        while (goOn && frame.isPresent() && !session.stop().stopped()) {
            work.add(frame.get(), source.positionMillis());
            goOn = !work.isFull() || print(work.take(), tally);
            try {
                frame = goOn ? source.next() : Optional.empty();
            } catch (FrameSourceException e) {
                printRest(work, tally);
                throw e;
            }
        }
        if (goOn) {
            printRest(work, tally);
        }
    }

    private void printRest(FramesInWork work, Tally tally) {
        boolean goOn = true;
        while (goOn && !work.isEmpty() && !session.stop().stopped()) {
            goOn = print(work.take(), tally);
        }
    }

    /** Returns whether to go on: not when a part is missing, which was waited for. */
    private boolean print(FramesInWork.Done done, Tally tally) {
        FrameResult result = done.result();
        if (!failed(result)) {
            results.frame(tally.location, done.positionMillis(), result);
        } else if (tally.troubles.add(result.message())) {
            session.say(
                    tally.location
                            + " frame "
                            + result.frame().sequence()
                            + ": "
                            + result.message());
        }
        if (result.outcome() == Outcome.SKIPPED) {
            return false;
        }
        tally.frames++;
        tally.withFaces += result.faces().isEmpty() ? 0 : 1;
        return true;
    }

    private static boolean failed(FrameResult result) {
        return result.outcome() == Outcome.SKIPPED || result.outcome() == Outcome.FAILED;
    }
}
