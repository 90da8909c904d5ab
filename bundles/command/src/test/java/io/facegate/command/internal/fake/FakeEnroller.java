// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.recognition.Examination;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.store.NewEncoding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A picture's content says how many faces it has ({@code "2 whatever"}), and is its hash. */
public final class FakeEnroller implements Enroller {
    private final FakeStore store;
    public final List<String> calls = new ArrayList<>();

    /** By source: why a picture is not looked at. */
    public final Map<String, EnrolmentException> failures = new ConcurrentHashMap<>();

    public RecognitionOptions lastOptions;
    public Faces lastFaces;

    public FakeEnroller(FakeStore store) {
        this.store = store;
    }

    @Override
    public Examination examine(
            String name, Path picture, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        synchronized (this) {
            calls.add(source);
            lastOptions = options;
            lastFaces = faces;
        }
        if (failures.containsKey(source)) {
            throw failures.get(source);
        }
        String content = content(picture);
        int found = Integer.parseInt(content.substring(0, 1));
        if (found == 0) {
            throw new EnrolmentException(
                    EnrolmentException.Reason.NO_FACE,
                    "no face found; use a picture that shows the face",
                    null);
        }
        boolean unchanged =
                store.find(name).stream()
                        .flatMap(person -> store.encodings(person.id()).stream())
                        .anyMatch(
                                e -> e.contentHash().equals(content) && e.source().equals(source));
        List<Examination.Face> taken = new ArrayList<>();
        for (int i = 0; i < (faces == Faces.ALL ? found : 1) && !unchanged; i++) {
            FaceDescriptor descriptor = new FaceDescriptor(FakeStages.MODEL.key(), new float[] {1});
            taken.add(
                    new Examination.Face(
                            new Box(i, 0, i + 10, 10),
                            new NewEncoding(descriptor, Optional.empty(), source, content),
                            Optional.empty()));
        }
        return new Examination(
                name, source, 0.6, taken, found, unchanged, warnings(content, taken, found));
    }

    private static List<EnrolmentWarning> warnings(
            String content, List<Examination.Face> taken, int found) {
        List<EnrolmentWarning> warnings = new ArrayList<>();
        if (!taken.isEmpty() && found > taken.size()) {
            warnings.add(
                    new EnrolmentWarning(
                            EnrolmentWarning.Kind.SEVERAL_FACES,
                            found + " faces, took the largest"));
        }
        if (!taken.isEmpty() && content.contains("blurred")) {
            warnings.add(
                    new EnrolmentWarning(EnrolmentWarning.Kind.BLURRED, "blurred: hold still"));
        }
        return warnings;
    }

    @Override
    public Examination examine(
            String name, Frame frame, String source, RecognitionOptions options, Faces faces) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Enrolment accept(Examination examination, boolean strict) throws EnrolmentException {
        return taken(examination, strict, false);
    }

    @Override
    public Enrolment replace(Examination examination, boolean strict) throws EnrolmentException {
        return taken(examination, strict, true);
    }

    private Enrolment taken(Examination examination, boolean strict, boolean replace)
            throws EnrolmentException {
        if (examination.unchanged()) {
            return new Enrolment(store.person(examination.name()), List.of(), 0, true);
        }
        if (strict && !examination.warnings().isEmpty()) {
            throw new EnrolmentException(
                    EnrolmentException.Reason.DOUBTFUL,
                    examination.source() + ": " + examination.warnings().get(0).message(),
                    null);
        }
        List<NewEncoding> encodings =
                examination.faces().stream().map(Examination.Face::encoding).toList();
        return new Enrolment(
                replace
                        ? store.replace(examination.name(), examination.source(), encodings)
                        : store.add(examination.name(), encodings),
                examination.faces().stream().map(Examination.Face::box).toList(),
                examination.facesFound(),
                false,
                examination.warnings());
    }

    private static String content(Path picture) throws EnrolmentException {
        try {
            return Files.readString(picture);
        } catch (IOException e) {
            throw new EnrolmentException(picture + " cannot be read", e);
        }
    }
}
