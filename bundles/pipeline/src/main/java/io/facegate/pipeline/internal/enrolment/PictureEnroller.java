// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.enrolment;

import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelKey;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentException.Reason;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.recognition.Examination;
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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes pictures into the gallery. EXIF orientation is applied: a telephone's portrait lies on its
 * side without, and no face is found in it.
 */
public final class PictureEnroller implements Enroller {
    private final FrameAnalyzer analyzer;
    private final StageCapture capture;
    private final Supplier<Optional<PictureReader>> reader;
    private final Supplier<Optional<FaceQualityMeter>> meter;
    private final long stageWaitMillis;
    private final EnrolledPictures enrolled = new EnrolledPictures();

    /**
     * @param reader reads files; without one only frames can be taken
     * @param meter measures faces; without one nothing is said of their quality
     * @param stageWaitMillis longest wait for missing stages
     */
    public PictureEnroller(
            StageCapture capture,
            Supplier<Optional<PictureReader>> reader,
            Supplier<Optional<FaceQualityMeter>> meter,
            long stageWaitMillis) {
        this.analyzer = new FrameAnalyzer(capture);
        this.capture = capture;
        this.reader = reader;
        this.meter = meter;
        this.stageWaitMillis = stageWaitMillis;
    }

    @Override
    public Examination examine(
            String name, Path picture, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        PictureReader pictures =
                reader.get()
                        .orElseThrow(
                                () ->
                                        new EnrolmentException(
                                                Reason.PART_MISSING,
                                                picture
                                                        + ": no picture reader is there; start its"
                                                        + " bundle",
                                                null));
        String hash = PictureContent.hash(picture);
        return named(
                source,
                () -> {
                    Stages stages = captured(options);
                    EncodingStore store = stages.store();
                    ModelKey model = stages.model().key();
                    if (enrolled.has(store, name, source, hash, model)) {
                        return new Examination(
                                name,
                                source,
                                options.tolerances().of(stages.model()),
                                List.of(),
                                0,
                                true,
                                List.of());
                    }
                    Frame frame = pictures.read(picture, true);
                    return examination(name, source, hash, choose(source, frame, options, faces));
                });
    }

    @Override
    public Examination examine(
            String name, Frame frame, String source, RecognitionOptions options, Faces faces)
            throws EnrolmentException {
        return named(
                source, () -> examination(name, source, "", choose(source, frame, options, faces)));
    }

    @Override
    public Enrolment accept(Examination examination, boolean strict) throws EnrolmentException {
        return accept(examination, strict, false);
    }

    @Override
    public Enrolment replace(Examination examination, boolean strict) throws EnrolmentException {
        return accept(examination, strict, true);
    }

    private Enrolment accept(Examination examination, boolean strict, boolean replace)
            throws EnrolmentException {
        return named(
                examination.source(),
                () -> {
                    EncodingStore store = capture.store(stageWaitMillis);
                    if (examination.unchanged()) {
                        return unchanged(store, examination);
                    }
                    List<EnrolmentWarning> warnings = new ArrayList<>(examination.warnings());
                    warnings.addAll(
                            new GalleryCheck(
                                            store,
                                            capture.matcher(stageWaitMillis),
                                            capture.encoder(stageWaitMillis).model().encoder())
                                    .warnings(examination));
                    if (strict && !warnings.isEmpty()) {
                        throw new EnrolmentException(
                                examination.source()
                                        + ": "
                                        + String.join(
                                                "; ",
                                                warnings.stream()
                                                        .map(EnrolmentWarning::message)
                                                        .toList()),
                                warnings);
                    }
                    return keep(store, examination, warnings, replace);
                });
    }

    private Enrolment keep(
            EncodingStore store,
            Examination examination,
            List<EnrolmentWarning> warnings,
            boolean replace)
            throws StoreException {
        List<NewEncoding> encodings =
                examination.faces().stream().map(Examination.Face::encoding).toList();
        String source = examination.source();
        NewEncoding first = encodings.get(0);
        String hash = first.contentHash();
        Optional<String> other =
                replace
                        ? enrolled.other(store, examination.name(), source, hash)
                        : Optional.empty();
        Person person =
                other.isPresent()
                        ? store.replace(examination.name(), other.get(), encodings)
                        : store.add(examination.name(), encodings);
        enrolled.kept(store, person, source, hash, first.descriptor().model(), other);
        return new Enrolment(
                person,
                examination.faces().stream().map(Examination.Face::box).toList(),
                examination.facesFound(),
                false,
                warnings);
    }

    private static Enrolment unchanged(EncodingStore store, Examination examination)
            throws EnrolmentException {
        Person person =
                store.find(examination.name())
                        .orElseThrow(
                                () ->
                                        new EnrolmentException(
                                                examination.name()
                                                        + " was removed meanwhile; try again"));
        return new Enrolment(person, List.of(), 0, true);
    }

    /** The faces to take, and those it was chosen from. */
    private record Choice(List<RecognizedFace> taken, int found, double tolerance) {}

    private Choice choose(String source, Frame frame, RecognitionOptions options, Faces faces)
            throws EnrolmentException, AnalysisException {
        Analysis analysis = analyzer.analyze(frame, options, 0, stageWaitMillis);
        List<RecognizedFace> found = analysis.faces();
        return new Choice(
                FaceChoice.of(source, found, options, faces),
                found.size(),
                options.tolerances().of(analysis.stages().model()));
    }

    private Examination examination(String name, String source, String hash, Choice choice) {
        List<Examination.Face> faces = new ArrayList<>();
        List<EnrolmentWarning> warnings = new ArrayList<>();
        for (RecognizedFace face : choice.taken()) {
            Measured measured = Measured.of(meter.get(), face);
            warnings.addAll(measured.warnings());
            NewEncoding encoding =
                    new NewEncoding(face.descriptor().orElseThrow(), face.chip(), source, hash);
            faces.add(new Examination.Face(face.detection().box(), encoding, measured.quality()));
        }
        if (choice.found() > faces.size()) {
            warnings.add(
                    new EnrolmentWarning(
                            EnrolmentWarning.Kind.SEVERAL_FACES,
                            choice.found() + " faces, took the largest"));
        }
        return new Examination(
                name, source, choice.tolerance(), faces, choice.found(), false, warnings);
    }

    private Stages captured(RecognitionOptions options) throws AnalysisException {
        return capture.capture(options.detectionMethod(), stageWaitMillis, Optional.empty());
    }

    /** Work whose errors are told of a picture. */
    private interface Work<T> {
        T run() throws PictureException, StoreException, AnalysisException, EnrolmentException;
    }

    private static <T> T named(String picture, Work<T> work) throws EnrolmentException {
        try {
            return work.run();
        } catch (PictureException e) {
            throw new EnrolmentException(Reason.UNREADABLE, e.getMessage(), e);
        } catch (StoreException e) {
            throw new EnrolmentException(e.getMessage(), e);
        } catch (AnalysisException e) {
            Reason reason = e.missing().isEmpty() ? Reason.FAILED : Reason.PART_MISSING;
            throw new EnrolmentException(reason, picture + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new EnrolmentException(
                    picture + ": could not be enrolled, " + e + "; try again", e);
        }
    }
}
