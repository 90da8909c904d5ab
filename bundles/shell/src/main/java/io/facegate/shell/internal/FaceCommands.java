// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Gogo commands {@code face:*}. They return text, which the shell prints. */
@Component(
        service = FaceCommands.class,
        property = {
            "osgi.command.scope=face",
            "osgi.command.function=status",
            "osgi.command.function=cameras",
            "osgi.command.function=people",
            "osgi.command.function=models",
            "osgi.command.function=counters",
            "osgi.command.function=enrol",
            "osgi.command.function=rename",
            "osgi.command.function=delete",
            "osgi.command.function=recognize",
            "osgi.command.function=enable"
        })
public final class FaceCommands {
    /** A person types; a part that is being updated is back within this. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Parts parts;

    @Activate
    public FaceCommands(@Reference Parts parts) {
        this.parts = parts;
    }

    /** The state of every part. */
    public String status() {
        return Reports.conditions(parts.conditions());
    }

    /** The cameras and what they do. */
    public String cameras() {
        return Reports.cameras(parts.all(Camera.class));
    }

    /** The people of the gallery. */
    public String people() {
        return answer(
                () -> {
                    EncodingStore store = require(EncodingStore.class);
                    return Reports.people(
                            store.gallery().people(),
                            NeedsPhotos.count(store, parts.find(FaceEncoder.class)));
                });
    }

    /** The model bundles. */
    public String models() {
        return answer(() -> Reports.models(require(ModelRegistry.class).models()));
    }

    /** What became of the frames of every camera. */
    public String counters() {
        return answer(() -> Reports.counters(require(Pipelines.class).status()));
    }

    /** Takes the largest face of a picture file as one of a person. */
    public String enrol(String name, String file) {
        return answer(() -> enrol(name, Path.of(file)));
    }

    /** Renames a person, or makes two people one. */
    public String rename(String from, String to) {
        return answer(
                () -> {
                    Person person = require(EncodingStore.class).rename(from, to);
                    return from + " is now " + Reports.person(person);
                });
    }

    /** Deletes people, all of them or none. */
    public String delete(String... names) {
        return answer(
                () ->
                        names.length == 0
                                ? "delete whom? face:delete NAME..."
                                : require(EncodingStore.class).delete(List.of(names)).stream()
                                        .map(person -> "deleted " + Reports.person(person))
                                        .collect(Collectors.joining("\n")));
    }

    /** Names the faces of a picture file. */
    public String recognize(String file) {
        return answer(() -> recognize(Path.of(file)));
    }

    /** Switches a camera on or off. */
    public String enable(String camera, String state) {
        if (!state.equals("on") && !state.equals("off")) {
            return "on or off? face:enable CAMERA on|off";
        }
        return parts.all(Camera.class).stream()
                .filter(one -> one.id().equals(camera))
                .findFirst()
                .map(
                        one -> {
                            one.setEnabled(state.equals("on"));
                            return camera + " is " + state;
                        })
                .orElseGet(() -> "There is no camera " + camera + "; face:cameras lists them.");
    }

    private String enrol(String name, Path file) throws Exception {
        Enrolment enrolment =
                require(Enroller.class)
                        .enrol(
                                name,
                                file,
                                file.getFileName().toString(),
                                RecognitionOptions.PICTURE,
                                Enroller.Faces.LARGEST);
        return Reports.person(enrolment.person())
                + (enrolment.unchanged() ? ": had this picture already" : "")
                + (enrolment.facesFound() > 1
                        ? ": took the largest of " + enrolment.facesFound() + " faces"
                        : "");
    }

    private String recognize(Path file) throws Exception {
        RecognitionOptions options = RecognitionOptions.PICTURE;
        FrameResult result =
                require(Recognizer.class)
                        .recognize(require(PictureReader.class).read(file, true), options);
        if (!result.message().isEmpty()) {
            return result.message();
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new TextResults(new PrintStream(text, false, StandardCharsets.UTF_8), options.tolerance())
                .picture(file.toString(), result);
        return text.toString(StandardCharsets.UTF_8);
    }

    private <T> T require(Class<T> type) throws MissingPartException {
        return parts.require(type, PATIENCE);
    }

    /** Work that may fail with a message for people. */
    private interface Work {
        String run() throws Exception;
    }

    private static String answer(Work work) {
        try {
            return work.run();
        } catch (IOException | EnrolmentException | MissingPartException e) {
            return e.getMessage();
        } catch (Exception e) {
            return "This should not have happened: " + e;
        }
    }
}
