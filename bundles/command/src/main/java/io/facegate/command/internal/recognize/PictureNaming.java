// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Recognizer;
import io.facegate.command.internal.enrol.PictureFolder;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.PassedOver;
import io.facegate.command.internal.session.Session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recognises pictures one after the other and prints them. */
final class PictureNaming {
    private final Session session;
    private final Recognizer recognizer;
    private final RecognitionOptions options;
    private final Results results;
    private final Annotations annotations;
    private final Optional<ResultDisplay> display;
    private final PassedOver passedOver;

    /** A picture to look at, and its path below the folder it was found in. */
    private record Picture(Path file, Path name) {}

    PictureNaming(
            Session session,
            Recognizer recognizer,
            RecognitionOptions options,
            Results results,
            Annotations annotations,
            Optional<ResultDisplay> display,
            PassedOver passedOver) {
        this.session = session;
        this.recognizer = recognizer;
        this.options = options;
        this.results = results;
        this.annotations = annotations;
        this.display = display;
        this.passedOver = passedOver;
    }

    /**
     * Recognises pictures, sorted within each folder; one that is no good is reported and the next
     * follows.
     *
     * @return the exit code
     */
    int run(List<Path> inputs, PictureReader reader) throws IOException {
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
            Optional<FrameResult> result = picture(picture, only, reader);
            refused += result.isPresent() ? 0 : 1;
            if (session.out().checkError()) {
                return ExitCode.REFUSED; // nobody reads any more
            }
            if (result.isPresent() && !shown(result.get())) {
                break;
            }
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
            PictureFolder folder = PictureFolder.of(input, reader::isPicture);
            List<Path> files = folder.pictures();
            passedOver.say(session, folder.others());
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

    /** Empty when the picture is no good. */
    private Optional<FrameResult> picture(Picture picture, boolean only, PictureReader reader) {
        String file = picture.file().toString();
        try {
            FrameResult result = recognizer.recognize(reader.read(picture.file(), true), options);
            if (result.outcome() == Outcome.SKIPPED || result.outcome() == Outcome.FAILED) {
                session.say(file + ": " + result.message());
                return Optional.empty();
            }
            results.picture(file, result);
            annotations.keep(picture.file(), picture.name(), only, result);
            return Optional.of(result);
        } catch (IOException e) {
            String message = e.getMessage();
            session.say(
                    message.contains(picture.file().getFileName().toString())
                            ? message
                            : file + ": " + message);
            return Optional.empty();
        }
    }

    /** Shows a picture if asked to, and returns whether to go on. */
    private boolean shown(FrameResult result) throws IOException {
        return display.isEmpty() || display.get().picture(result);
    }
}
