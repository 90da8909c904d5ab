// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.Enroller.Faces;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.recognition.Examination;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.analysis.StageCapture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class PictureEnrollerTest {
    private static final Box SMALL = new Box(0, 0, 3, 3);
    private static final Box LARGE = new Box(4, 0, 8, 4);

    private final Fakes.Board board = new Fakes.Board();
    private final Fakes.Store store = new Fakes.Store();
    private final Reader reader = new Reader();
    private Optional<FaceQualityMeter> meter = Optional.empty();
    private Optional<PictureReader> readers = Optional.of(reader);
    private final StageCapture capture = new StageCapture(board);
    private final PictureEnroller enroller =
            new PictureEnroller(capture, () -> readers, () -> meter, 20);
    @TempDir Path folder;
    private Path picture;

    /** Reads every file as the same frame. */
    private static final class Reader implements PictureReader {
        boolean broken;

        @Override
        public Frame read(Path file, boolean upright) throws PictureException {
            if (broken || !Files.exists(file)) {
                throw new PictureException(file + " is no picture");
            }
            return Fakes.frame(file.toString(), 0, Fakes.START);
        }

        @Override
        public Frame read(byte[] file, String name, boolean upright) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isPicture(Path file) {
            return true;
        }
    }

    @BeforeEach
    void write() throws Exception {
        picture = Files.writeString(folder.resolve("ann.jpg"), "abc");
        board.store = Optional.of(store);
    }

    private Enrolment enrol(Faces faces) throws EnrolmentException {
        return enroller.enrol("ann", picture, "ann/ann.jpg", RecognitionOptions.PICTURE, faces);
    }

    @Test
    void faceIsAddedWithChipHashAndSource() throws Exception {
        Enrolment enrolment = enrol(Faces.REFUSE);
        assertThat(enrolment.unchanged()).isFalse();
        assertThat(enrolment.facesFound()).isEqualTo(1);
        NewEncoding encoding = store.encodings.get("ann").get(0);
        assertThat(encoding.chip()).isPresent();
        assertThat(encoding.source()).isEqualTo("ann/ann.jpg");
        assertThat(encoding.contentHash())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void samePictureIsNotAddedTwiceUnlessTheModelIsAnother() throws Exception {
        enrol(Faces.ALL);
        assertThat(enrol(Faces.ALL).unchanged()).isTrue();
        assertThat(store.encodings.get("ann")).hasSize(1);
        board.encoder = Optional.of(Fakes.Encoder.of("newer", 0.3f));
        assertThat(enrol(Faces.ALL).unchanged()).isFalse();
        assertThat(store.encodings.get("ann")).hasSize(2);
        assertThat(enrol(Faces.ALL).unchanged()).isTrue();
    }

    @Test
    void unchangedPictureIsNotEvenDecoded() throws Exception {
        enrol(Faces.ALL);
        reader.broken = true;
        assertThat(enrol(Faces.ALL).unchanged()).isTrue();
    }

    @Test
    void changedContentTakesThePlaceOfTheOldWhenAsked() throws Exception {
        replace();
        Files.writeString(picture, "other");
        Enrolment enrolment = replace();
        assertThat(enrolment.unchanged()).isFalse();
        assertThat(enrolment.warnings()).isEmpty();
        assertThat(store.encodings.get("ann")).hasSize(1);
        Files.writeString(picture, "abc");
        assertThat(replace().unchanged()).isFalse();
        assertThat(replace().unchanged()).isTrue();
        board.encoder = Optional.of(Fakes.Encoder.of("newer", 0.3f));
        assertThat(replace().unchanged()).isFalse();
        assertThat(store.encodings.get("ann")).as("one by each model").hasSize(2);
    }

    @Test
    void changedContentTakesThePlaceOfTheOldInAnotherSpellingOfItsName() throws Exception {
        String mac = "ann/Zoe\u0308.jpg";
        String elsewhere = "ann/Zo\u00eb.jpg";
        replace(mac);
        Files.writeString(picture, "other");
        replace(elsewhere);
        assertThat(store.encodings.get("ann"))
                .extracting(NewEncoding::source)
                .containsExactly(elsewhere);
        assertThat(replace(mac).unchanged()).isTrue();
        Files.writeString(picture, "abc");
        replace(mac);
        assertThat(store.encodings.get("ann")).extracting(NewEncoding::source).containsExactly(mac);
    }

    @Test
    void ownSpellingOfTheNameIsReplacedFirst() throws Exception {
        String mac = "ann/Zoe\u0308.jpg";
        String elsewhere = "ann/Zo\u00eb.jpg";
        for (String source : List.of(elsewhere, mac)) {
            Files.writeString(picture, source);
            enroller.enrol("ann", picture, source, RecognitionOptions.PICTURE, Faces.ALL);
        }
        String kept = store.encodings.get("ann").get(0).contentHash();
        Files.writeString(picture, "new");
        replace(mac);
        assertThat(store.encodings.get("ann"))
                .extracting(NewEncoding::source)
                .containsExactly(elsewhere, mac);
        assertThat(store.encodings.get("ann").get(0).contentHash()).isEqualTo(kept);
    }

    @Test
    void filesThatHappenToHaveTheSameNameAreKeptBoth() throws Exception {
        enrol(Faces.ALL);
        Files.writeString(picture, "other");
        enrol(Faces.ALL);
        assertThat(store.encodings.get("ann")).hasSize(2);
    }

    private Enrolment replace() throws EnrolmentException {
        return replace("ann/ann.jpg");
    }

    private Enrolment replace(String source) throws EnrolmentException {
        return enroller.replace(
                enroller.examine("ann", picture, source, RecognitionOptions.PICTURE, Faces.ALL),
                false);
    }

    @Test
    void sameContentFromAnotherSourceIsADuplicate() throws Exception {
        enrol(Faces.ALL);
        Examination copy =
                enroller.examine(
                        "ann", picture, "ann/copy.jpg", RecognitionOptions.PICTURE, Faces.ALL);
        assertThat(copy.warnings()).isEmpty();
        assertThatThrownBy(() -> enroller.accept(copy, true))
                .isInstanceOfSatisfying(
                        EnrolmentException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(EnrolmentException.Reason.DOUBTFUL);
                            assertThat(e.warnings())
                                    .extracting(EnrolmentWarning::kind)
                                    .containsExactly(EnrolmentWarning.Kind.DUPLICATE);
                        })
                .hasMessage(
                        "ann/copy.jpg: nearly the same picture as ann/ann.jpg (distance 0.00); one"
                                + " is enough");
        assertThat(store.encodings.get("ann")).hasSize(1);
        assertThat(enroller.accept(copy, false).warnings())
                .extracting(EnrolmentWarning::kind)
                .containsExactly(EnrolmentWarning.Kind.DUPLICATE);
        assertThat(store.encodings.get("ann")).hasSize(2);
    }

    @Test
    void faceOfAnotherPersonIsTold() throws Exception {
        enrol(Faces.ALL);
        Enrolment bob =
                enroller.enrol("bob", picture, "bob/1.jpg", RecognitionOptions.PICTURE, Faces.ALL);
        assertThat(bob.warnings())
                .extracting(EnrolmentWarning::message)
                .containsExactly("looks like ann (distance 0.00); check whom it shows");
    }

    @Test
    void faceUnlikeAllOthersOfThePersonIsTold() throws Exception {
        for (float value : new float[] {0.1f, 0.3f, 0.9f, 1.8f}) {
            board.encoder = Optional.of(Fakes.Encoder.of("a", value));
            Enrolment enrolment =
                    enroller.enrol(
                            "ann", picture, "ann/" + value, RecognitionOptions.PICTURE, Faces.ALL);
            assertThat(enrolment.warnings())
                    .extracting(EnrolmentWarning::kind)
                    .isEqualTo(value > 1 ? List.of(EnrolmentWarning.Kind.UNLIKE_OWN) : List.of());
        }
    }

    @Test
    void lookingChangesNothing() throws Exception {
        Examination examination =
                enroller.examine("ann", picture, "s", RecognitionOptions.PICTURE, Faces.ALL);
        assertThat(examination.faces()).hasSize(1);
        assertThat(store.encodings).isEmpty();
        enroller.accept(examination, true);
        assertThat(store.encodings.get("ann")).hasSize(1);
    }

    @Test
    void framesAreTakenAsPicturesAre() throws Exception {
        Frame frame = Fakes.frame("door", 0, Fakes.START);
        Examination examination =
                enroller.examine("ann", frame, "door/1", RecognitionOptions.PICTURE, Faces.ALL);
        enroller.accept(examination, false);
        assertThat(store.encodings.get("ann").get(0).source()).isEqualTo("door/1");
        assertThat(store.encodings.get("ann").get(0).contentHash()).isEmpty();
    }

    @Test
    void whatTheGatesSayIsAWarning() throws Exception {
        meter = Optional.of(new Meter());
        Enrolment enrolment = enrol(Faces.ALL);
        assertThat(enrolment.warnings())
                .containsExactly(
                        new EnrolmentWarning(EnrolmentWarning.Kind.BLURRED, "blurred: 1.5"));
    }

    @Test
    void picturesWithoutAWarningPassWhenStrict() throws Exception {
        board.detector = Optional.of(Fakes.Detector.of(SMALL, LARGE));
        Examination two =
                enroller.examine("ann", picture, "s", RecognitionOptions.PICTURE, Faces.LARGEST);
        assertThatThrownBy(() -> enroller.accept(two, true)).hasMessageContaining("2 faces");
        Examination all =
                enroller.examine("ann", picture, "s", RecognitionOptions.PICTURE, Faces.ALL);
        assertThat(enroller.accept(all, true).boxes()).hasSize(2);
    }

    /** Finds every face blurred. */
    private static final class Meter implements FaceQualityMeter {
        @Override
        public FaceQuality measure(FaceDetection detection, Landmarks landmarks, FaceChip chip) {
            return new FaceQuality(100, 1.5, 100, 0, 0, 0, detection.score());
        }

        @Override
        public Set<QualityProblem> problems(FaceQuality quality) {
            return Set.of(QualityProblem.BLURRED);
        }

        @Override
        public String explain(QualityProblem problem, FaceQuality quality) {
            return "blurred: " + quality.sharpness();
        }
    }

    @Test
    void severalFacesAreTakenAsAsked() throws Exception {
        board.detector = Optional.of(Fakes.Detector.of(SMALL, LARGE));
        assertThatThrownBy(() -> enrol(Faces.REFUSE))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContaining("2 faces");
        assertThat(store.encodings).isEmpty();
        Enrolment largest = enrol(Faces.LARGEST);
        assertThat(largest.boxes()).containsExactly(LARGE);
        assertThat(largest.facesFound()).isEqualTo(2);
        store.encodings.clear();
        assertThat(enrol(Faces.ALL).boxes()).containsExactly(SMALL, LARGE);
    }

    @Test
    void reasonsAreSaid() {
        board.detector = Optional.of(Fakes.Detector.of());
        assertThatThrownBy(() -> enrol(Faces.ALL))
                .hasMessageContaining("no face found (hog, upsample 1)");
        reader.broken = true;
        assertThatThrownBy(() -> enrol(Faces.ALL)).hasMessageContaining("is no picture");
        picture = folder.resolve("missing.jpg");
        assertThatThrownBy(() -> enrol(Faces.ALL)).hasMessageContaining("is no picture");
        board.encoder = Optional.empty();
        assertThatThrownBy(() -> enrol(Faces.ALL)).hasMessageContaining("encoder");
        readers = Optional.empty();
        assertThatThrownBy(() -> enrol(Faces.ALL)).hasMessageContaining("picture reader");
    }

    @Test
    void refusalOfTheStoreIsSaid() {
        board.store =
                Optional.of(
                        new Fakes.Store() {
                            @Override
                            public Person add(String name, List<NewEncoding> added)
                                    throws StoreException {
                                throw new StoreException("the disk is full, free some space");
                            }
                        });
        assertThatThrownBy(() -> enrol(Faces.ALL))
                .isInstanceOf(EnrolmentException.class)
                .hasMessage("the disk is full, free some space");
    }
}
