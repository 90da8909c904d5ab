// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.StoredEncoding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A picture's content says how many faces it has ({@code "2 whatever"}), and is its hash. */
public final class FakeEnroller implements Enroller {
    private final FakeStore store;
    public final List<String> calls = new ArrayList<>();
    public RecognitionOptions lastOptions;
    public Faces lastFaces;

    public FakeEnroller(FakeStore store) {
        this.store = store;
    }

    @Override
    public Enrolment enrol(
            String name, Path picture, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        calls.add(source);
        lastOptions = options;
        lastFaces = faces;
        String content = content(picture);
        int found = Integer.parseInt(content.substring(0, 1));
        if (found == 0) {
            throw new EnrolmentException("no face found; use a picture that shows the face");
        }
        if (store.find(name).stream()
                .flatMap(person -> store.encodings(person.id()).stream())
                .map(StoredEncoding::contentHash)
                .anyMatch(content::equals)) {
            return new Enrolment(store.person(name), List.of(), 0, true);
        }
        int taken = faces == Faces.ALL ? found : 1;
        List<NewEncoding> encodings = new ArrayList<>();
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < taken; i++) {
            encodings.add(
                    new NewEncoding(
                            new FaceDescriptor(FakeStages.MODEL.key(), new float[] {1}),
                            Optional.empty(),
                            source,
                            content));
            boxes.add(new Box(i, 0, i + 10, 10));
        }
        return new Enrolment(store.add(name, encodings), boxes, found, false);
    }

    private static String content(Path picture) throws EnrolmentException {
        try {
            return Files.readString(picture);
        } catch (IOException e) {
            throw new EnrolmentException(picture + " cannot be read", e);
        }
    }
}
