// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.recognition.RecentRecognition;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;
import io.facegate.pipeline.internal.analysis.StageCapture;
import io.facegate.pipeline.internal.track.LiveRules;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A camera whose every frame shows the same face, which is taken for Ann. */
class RecentCorrectionsTest {
    private static final ModelKey MODEL = Fakes.model("a").key();
    private static final Person ANN = Fakes.person("ann");
    private static final FaceDescriptor FACE = Fakes.descriptor(MODEL, 0.1f);

    private final Fakes.Board board = new Fakes.Board();
    private final Fakes.Ear ear = new Fakes.Ear();
    private final StageCapture capture = new StageCapture(board);
    private final Kept kept = new Kept();
    private final RecentRecognitions remembered = new RecentRecognitions();
    private CameraPipelines pipelines;
    private RecentCorrections corrections;
    private long sequence;
    @TempDir Path data;

    /** Puts what comes into the gallery. */
    private final class Kept implements CounterExamples {
        final List<NewEncoding> faces = new ArrayList<>();

        @Override
        public List<StoredEncoding> counterExamples(UUID person) {
            return List.of();
        }

        @Override
        public Optional<FaceChip> counterChip(long id) {
            return Optional.empty();
        }

        @Override
        public StoredEncoding reject(UUID person, NewEncoding face) {
            faces.add(face);
            Gallery gallery = board.store.orElseThrow().gallery();
            GallerySection section = gallery.section(MODEL).orElseThrow();
            enrol(section.with(List.of(new CounterExample(7, person, face.descriptor()))), 3);
            return new StoredEncoding(
                    7, person, face.descriptor(), face.source(), "", true, Fakes.START);
        }

        @Override
        public int removeCounterExamples(Collection<Long> ids) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void open() {
        board.encoder = Optional.of(Fakes.Encoder.of("a", 0.1f));
        enrol(Fakes.gallery(Map.of("ann", List.of(FACE))).section(MODEL).orElseThrow(), 2);
        pipelines =
                new CameraPipelines(
                        new Settings(
                                Settings.DEFAULT.recognition(),
                                Settings.DEFAULT.tracks(),
                                new LiveRules(false, 500, 100, 1000),
                                0,
                                0,
                                60_000,
                                List.of()),
                        new FrameAnalyzer(capture),
                        new Audience(() -> List.of(ear)),
                        new EventSequence(data.resolve("sequence")),
                        Optional::empty,
                        camera -> WatchedAreas.EVERYWHERE,
                        Optional::empty,
                        remembered);
        corrections =
                new RecentCorrections(
                        remembered,
                        pipelines,
                        () -> board.store,
                        () -> Optional.of(kept),
                        Tolerances.OWN);
    }

    @AfterEach
    void close() {
        capture.close();
        pipelines.close();
    }

    private void enrol(GallerySection section, long revision) {
        board.store =
                Optional.of(
                        Fakes.Store.of(
                                new Gallery(revision, List.of(ANN), Map.of(MODEL, section))));
    }

    private void frames(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            int before = ear.results.size();
            pipelines.offer(Fakes.frame("front", sequence, Fakes.at((int) sequence++)));
            Fakes.await(() -> ear.results.size() > before);
        }
    }

    private List<RecognitionEvent> finish() {
        capture.close();
        pipelines.close();
        return ear.events;
    }

    @Test
    void correctedRecognitionCountsFromTheNextFrameOn() throws Exception {
        frames(4);
        Fakes.await(() -> !ear.events.isEmpty());
        RecognitionEvent event = ear.events.get(0);
        assertThat(event.match().personId()).contains(ANN.id());
        RecentRecognition recognition = corrections.recent().get(0);
        assertThat(recognition.eventId()).isEqualTo(event.id());
        assertThat(recognition.name()).isEqualTo("ann");
        assertThat(recognition.camera()).isEqualTo("front");

        assertThat(corrections.reject(event.id(), Optional.empty()).id()).isEqualTo(7);
        assertThat(kept.faces).hasSize(1);
        assertThat(kept.faces.get(0).descriptor()).isEqualTo(FACE);
        assertThat(kept.faces.get(0).chip()).isPresent();
        assertThat(kept.faces.get(0).source()).startsWith("front 2026-");
        frames(1);
        Fakes.await(() -> ear.events.size() > 1);
        assertThat(ear.events.get(1).type()).isEqualTo(Type.UPDATE);
        assertThat(ear.events.get(1).match().known()).isFalse();
        frames(10);
        assertThat(finish())
                .extracting(RecognitionEvent::type)
                .containsExactly(Type.NEW, Type.UPDATE, Type.END);
    }

    @Test
    void recognitionOfATrackThatIsOverIsCorrected() throws Exception {
        frames(4);
        String id = finish().get(0).id();
        corrections.reject(id, Optional.of(ANN.id()));
        assertThat(kept.faces).hasSize(1);
        assertThat(corrections.recent()).isEmpty();
    }

    @Test
    void whatIsNotRememberedIsRefusedWithWhatToDo() throws Exception {
        frames(4);
        String id = ear.events.get(0).id();
        assertThatThrownBy(() -> corrections.reject("nobody", Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("people reject");
        assertThatThrownBy(() -> corrections.reject(id, Optional.of(UUID.randomUUID())))
                .isInstanceOf(StoreException.class);
        assertThat(kept.faces).isEmpty();
    }

    @Test
    void nothingIsRememberedOfSomebodyErased() throws Exception {
        frames(4);
        assertThat(corrections.forget(Fakes.person("bob"), List.of()).get(0).count()).isZero();
        assertThat(corrections.recent()).hasSize(1);
        assertThat(corrections.forget(ANN, List.of()).get(0).count()).isEqualTo(1);
        assertThat(corrections.recent()).isEmpty();

        frames(1);
        assertThat(corrections.recent()).hasSize(1);
        assertThat(corrections.forget(Fakes.person("bob"), List.of(FACE)).get(0).count())
                .isEqualTo(1);

        frames(1);
        board.store = Optional.of(Fakes.Store.of(Gallery.EMPTY));
        assertThat(corrections.recent()).isEmpty();
    }
}
