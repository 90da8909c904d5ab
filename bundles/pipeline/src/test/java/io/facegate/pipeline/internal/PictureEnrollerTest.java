// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.Enroller.Faces;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;
import io.facegate.pipeline.internal.analysis.StageCapture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class PictureEnrollerTest {
    private static final Box SMALL = new Box(0, 0, 3, 3);
    private static final Box LARGE = new Box(4, 0, 8, 4);

    private final Fakes.Board board = new Fakes.Board();
    private final Fakes.Store store = new Fakes.Store();
    private final Reader reader = new Reader();
    private Optional<PictureReader> readers = Optional.of(reader);
    private final StageCapture capture = new StageCapture(board);
    private final PictureEnroller enroller =
            new PictureEnroller(new FrameAnalyzer(capture), capture, () -> readers, 20);
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
