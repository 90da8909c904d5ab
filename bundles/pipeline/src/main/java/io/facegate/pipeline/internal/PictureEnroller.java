// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelKey;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.pipeline.internal.analysis.Analysis;
import io.facegate.pipeline.internal.analysis.AnalysisException;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;
import io.facegate.pipeline.internal.analysis.StageCapture;
import io.facegate.pipeline.internal.analysis.Stages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes pictures into the gallery. EXIF orientation is applied: a telephone's portrait lies on its
 * side without, and no face is found in it.
 */
final class PictureEnroller implements Enroller {
    private final FrameAnalyzer analyzer;
    private final StageCapture capture;
    private final Supplier<Optional<PictureReader>> reader;
    private final long stageWaitMillis;

    PictureEnroller(
            FrameAnalyzer analyzer,
            StageCapture capture,
            Supplier<Optional<PictureReader>> reader,
            long stageWaitMillis) {
        this.analyzer = analyzer;
        this.capture = capture;
        this.reader = reader;
        this.stageWaitMillis = stageWaitMillis;
    }

    @Override
    public Enrolment enrol(
            String name, Path picture, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        PictureReader pictures =
                reader.get()
                        .orElseThrow(
                                () ->
                                        new EnrolmentException(
                                                picture
                                                        + ": no picture reader is there; start its"
                                                        + " bundle"));
        try {
            String hash = hash(picture);
            Stages stages =
                    capture.capture(options.detectionMethod(), stageWaitMillis, Optional.empty());
            Optional<Person> enrolled = enrolled(stages, name, hash);
            if (enrolled.isPresent()) {
                return new Enrolment(enrolled.get(), List.of(), 0, true);
            }
            Frame frame = pictures.read(picture, true);
            Analysis analysis = analyzer.analyze(frame, options, 0, stageWaitMillis);
            List<RecognizedFace> taken = choose(picture, analysis.faces(), options, faces);
            Person person = analysis.stages().store().add(name, encodings(taken, source, hash));
            List<Box> boxes = taken.stream().map(face -> face.detection().box()).toList();
            return new Enrolment(person, boxes, analysis.faces().size(), false);
        } catch (PictureException | StoreException e) {
            throw new EnrolmentException(e.getMessage(), e);
        } catch (AnalysisException e) {
            throw new EnrolmentException(picture + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new EnrolmentException(
                    picture + ": could not be enrolled, " + e + "; try again", e);
        }
    }

    /** The person who has this picture's encoding by the model in use already. */
    private static Optional<Person> enrolled(Stages stages, String name, String hash)
            throws StoreException {
        EncodingStore store = stages.store();
        Optional<Person> person = store.find(name);
        if (person.isEmpty() || hash.isEmpty()) {
            return Optional.empty();
        }
        ModelKey key = stages.model().key();
        boolean there =
                store.encodings(person.get().id()).stream()
                        .anyMatch(
                                e ->
                                        e.contentHash().equals(hash)
                                                && e.descriptor().model().equals(key));
        return there ? person : Optional.empty();
    }

    private static List<RecognizedFace> choose(
            Path picture, List<RecognizedFace> found, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        if (found.isEmpty()) {
            throw new EnrolmentException(
                    picture
                            + ": no face found ("
                            + options.detectionMethod()
                            + ", upsample "
                            + options.detection().upsample()
                            + "); try a higher upsample, the other detection method or another"
                            + " picture");
        }
        if (found.size() == 1 || faces == Faces.ALL) {
            return found;
        }
        if (faces == Faces.REFUSE) {
            throw new EnrolmentException(
                    picture
                            + ": "
                            + found.size()
                            + " faces, and it is not clear whose they are; take a picture with one"
                            + " face");
        }
        return List.of(
                found.stream()
                        .max(Comparator.comparingLong(face -> face.detection().box().area()))
                        .orElseThrow());
    }

    private static List<NewEncoding> encodings(
            List<RecognizedFace> faces, String source, String hash) {
        return faces.stream()
                .map(
                        face ->
                                new NewEncoding(
                                        face.descriptor().orElseThrow(), face.chip(), source, hash))
                .toList();
    }

    /** SHA-256 of a file; empty when it cannot be read, which the reader then says better. */
    private static String hash(Path file) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            return "";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
