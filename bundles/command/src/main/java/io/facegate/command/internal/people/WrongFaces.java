// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Makes faces of pictures that are taken for a person counter-examples. */
final class WrongFaces {
    /** The gateway's way first, then that of recognize. */
    private static final List<Strategy> STRATEGIES = List.of(Strategy.NEAREST, Strategy.VOTE);

    private final Session session;
    private final Person person;
    private final RecognitionOptions options;
    private final OptionalInt chosen;

    /**
     * @param chosen which of several faces, from the left, beginning with 1
     */
    WrongFaces(Session session, Person person, RecognitionOptions options, OptionalInt chosen) {
        this.session = session;
        this.person = person;
        this.options = options;
        this.chosen = chosen;
    }

    /**
     * Takes one face in.
     *
     * @return the number of the counter-example
     * @throws PictureException there is no such face, or it is not clear which
     */
    long reject(Path picture) throws PictureException, MissingPartException, StoreException {
        Frame frame = session.require(PictureReader.class).read(picture, true);
        RecognizedFace face = choose(faces(frame));
        NewEncoding encoding =
                new NewEncoding(
                        face.descriptor().orElseThrow(),
                        face.chip(),
                        picture.getFileName().toString(),
                        "");
        return session.require(CounterExamples.class).reject(person.id(), encoding).id();
    }

    private List<RecognizedFace> faces(Frame frame) throws PictureException, MissingPartException {
        Recognizer recognizer = session.require(Recognizer.class);
        List<RecognizedFace> faces = List.of();
        for (Strategy strategy : STRATEGIES) {
            if (faces.isEmpty()) {
                FrameResult result = recognizer.recognize(frame, by(strategy));
                if (result.outcome() != Outcome.RECOGNIZED && result.outcome() != Outcome.NO_FACE) {
                    throw new PictureException(result.message());
                }
                faces =
                        result.faces().stream()
                                .filter(this::isPerson)
                                .filter(f -> f.descriptor().isPresent())
                                .sorted(Comparator.comparingInt(f -> f.detection().box().left()))
                                .toList();
            }
        }
        return faces;
    }

    private boolean isPerson(RecognizedFace face) {
        return face.match().personId().filter(person.id()::equals).isPresent();
    }

    private RecognitionOptions by(Strategy strategy) {
        return new RecognitionOptions(
                options.detectionMethod(),
                options.detection(),
                strategy,
                options.tolerances(),
                options.k());
    }

    private RecognizedFace choose(List<RecognizedFace> faces) throws PictureException {
        if (faces.isEmpty()) {
            throw new PictureException("nobody in it is taken for " + person.name());
        }
        int wanted = chosen.orElse(1);
        if (chosen.isEmpty() && faces.size() > 1 || wanted < 1 || wanted > faces.size()) {
            String places =
                    faces.stream()
                            .map(f -> place(f.detection().box()))
                            .collect(Collectors.joining(", "));
            throw new PictureException(
                    faces.size()
                            + (faces.size() == 1 ? " face is" : " faces are")
                            + " taken for "
                            + person.name()
                            + ", from the left at "
                            + places
                            + ": choose one with --face N");
        }
        return faces.get(wanted - 1);
    }

    private static String place(Box box) {
        return box.left() + "," + box.top();
    }
}
