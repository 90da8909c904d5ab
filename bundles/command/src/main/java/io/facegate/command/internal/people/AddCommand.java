// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.store.Person;
import io.facegate.command.internal.enrol.PictureFolder;
import io.facegate.command.internal.enrol.Refusal;
import io.facegate.command.internal.guided.CameraArguments;
import io.facegate.command.internal.guided.PosesOfPerson;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code facegate people add}: photos of one person, or poses before a camera. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "facegate people add NAME FILE|DIR... [OPTION...]",
            "   or  facegate people add NAME --camera ID|DEV [OPTION...]"
        },
        sortOptions = false,
        description = {
            "Adds photos to a person, who is made when new; or asks the person before a camera",
            "for one pose after the other, until the best picture of each is taken. What was taken",
            "stays; the same command again asks for what is missing."
        })
public final class AddCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "Whom the photos show")
    private String name;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FILE|DIR",
            description = "Photos, or folders of photos")
    private List<Path> files = List.of();

    @Option(
            names = "--faces",
            paramLabel = "WHICH",
            defaultValue = "largest",
            description =
                    "Of a photo with several faces: all, largest, or refuse the photo; default"
                            + " ${DEFAULT-VALUE}")
    private Enroller.Faces faces;

    @Option(
            names = "--strict",
            description =
                    "Refuse doubtful photos, otherwise taken with a warning; see encode --help")
    private boolean strict;

    @Mixin private PassedOver passedOver;

    @Mixin private CameraArguments camera;

    @Mixin private DetectionArguments detection;

    @Spec private CommandSpec spec;

    public AddCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, MissingPartException {
        boolean watched = camera.camera().isPresent();
        if (watched != files.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    watched
                            ? "Either photos or --camera, not both"
                            : "Which photos? Name files or folders, or a camera with --camera");
        }
        Tolerances tolerances = session.parts().tolerances();
        RecognitionOptions options =
                watched ? detection.live(tolerances) : detection.picture(tolerances);
        return watched
                ? new PosesOfPerson(session, name, camera, options, strict).run()
                : photos(options);
    }

    private int photos(RecognitionOptions options) throws IOException, MissingPartException {
        List<Path> photos = photos();
        Enroller enroller = session.require(Enroller.class);
        session.requireStages(options.detectionMethod());
        Optional<Person> person = Optional.empty();
        int refused = 0;
        for (Path photo : photos) {
            if (session.stop().stopped()) {
                return ExitCode.REFUSED;
            }
            String source = photo.getFileName().toString();
            try {
                Enrolment enrolment =
                        enroller.accept(
                                enroller.examine(name, photo, source, options, faces), strict);
                person = Optional.of(enrolment.person());
                session.say(said(photo, enrolment));
                enrolment.warnings().stream()
                        .filter(w -> w.kind() != EnrolmentWarning.Kind.SEVERAL_FACES)
                        .forEach(w -> session.say(source + ": " + w.message()));
            } catch (EnrolmentException e) {
                refused++;
                session.say(Refusal.line(source, e.getMessage()));
            }
        }
        person.ifPresent(now -> session.say(PeopleText.person(now) + "."));
        return refused > 0 ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private List<Path> photos() throws IOException, MissingPartException {
        List<Path> photos = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                PictureFolder found =
                        PictureFolder.of(file, session.require(PictureReader.class)::isPicture);
                passedOver.say(session, found.others());
                if (found.pictures().isEmpty()) {
                    throw new IOException(file + ": no picture in this folder");
                }
                photos.addAll(found.pictures());
            } else {
                photos.add(file);
            }
        }
        return photos;
    }

    private static String said(Path photo, Enrolment enrolment) {
        String what = photo.getFileName().toString();
        if (enrolment.unchanged()) {
            return what + ": was there already";
        }
        int taken = enrolment.boxes().size();
        return what
                + ": took "
                + (enrolment.facesFound() > taken
                        ? "the largest of " + enrolment.facesFound() + " faces"
                        : Count.of(taken, "face", "faces"));
    }
}
