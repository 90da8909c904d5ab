// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.quality.FaceQuality;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A picture's content says how many faces it has ({@code "2 whatever"}), and is its hash. A frame
 * shows the faces that were put in {@link #frames} at its number, and nobody beyond.
 */
public final class FakeEnroller implements Enroller {
    private final FakeStore store;
    public final List<String> calls = new ArrayList<>();

    /** By source: why a picture is not looked at. */
    public final Map<String, EnrolmentException> failures = new ConcurrentHashMap<>();

    public RecognitionOptions lastOptions;
    public Faces lastFaces;

    /** Of each frame the faces. */
    public final List<List<FaceQuality>> frames = new ArrayList<>();

    /** What comparing with the gallery says against a face, by its source. */
    public final Map<String, EnrolmentWarning> doubts = new HashMap<>();

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
            String name, Frame frame, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        lastOptions = options;
        int number = (int) frame.sequence();
        List<FaceQuality> seen = number < frames.size() ? frames.get(number) : List.of();
        if (seen.isEmpty()) {
            throw new EnrolmentException(
                    EnrolmentException.Reason.NO_FACE, source + ": no face found", null);
        }
        return Faces.REFUSE == faces && seen.size() > 1 ? refused(source) : one(name, source, seen);
    }

    private static Examination refused(String source) throws EnrolmentException {
        throw new EnrolmentException(
                EnrolmentException.Reason.SEVERAL_FACES, source + ": several faces", null);
    }

    private static Examination one(String name, String source, List<FaceQuality> seen) {
        FaceDescriptor descriptor = new FaceDescriptor(FakeStages.MODEL.key(), new float[] {1});
        Examination.Face face =
                new Examination.Face(
                        new Box(0, 0, 10, 10),
                        new NewEncoding(descriptor, Optional.empty(), source, ""),
                        Optional.of(seen.get(0)));
        List<EnrolmentWarning> warnings =
                seen.get(0).sharpness() < 2
                        ? List.of(new EnrolmentWarning(EnrolmentWarning.Kind.BLURRED, "blurred"))
                        : List.of();
        return new Examination(name, source, 0.6, List.of(face), seen.size(), false, warnings);
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
        List<EnrolmentWarning> warnings = new ArrayList<>(examination.warnings());
        Optional.ofNullable(doubts.get(examination.source())).ifPresent(warnings::add);
        if (strict && !warnings.isEmpty()) {
            throw new EnrolmentException(
                    examination.source() + ": " + warnings.get(0).message(), warnings);
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
                warnings);
    }

    private static String content(Path picture) throws EnrolmentException {
        try {
            return Files.readString(picture);
        } catch (IOException e) {
            throw new EnrolmentException(picture + " cannot be read", e);
        }
    }
}
