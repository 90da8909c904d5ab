// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.sighting.Stranger;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.sighting.UnknownSighting;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
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

/** Unknown people in the events of a camera whose every frame shows the same face. */
class StrangersTest {
    /** Encoded frames after which a face without a name is unknown. */
    private static final int UNKNOWN = Settings.DEFAULT.tracks().unknownFrames();

    private final Fakes.Board board = new Fakes.Board();
    private final Fakes.Ear ear = new Fakes.Ear();
    private final StageCapture capture = new StageCapture(board);
    private final Told told = new Told();
    private Optional<UnknownPeople> service = Optional.of(told);
    private CameraPipelines pipelines;
    private long sequence;
    @TempDir Path data;

    /** Says of every face that it is the same unknown person's. */
    private static final class Told implements UnknownPeople {
        private final UUID id = UUID.randomUUID();
        final List<UnknownSighting> sightings = new ArrayList<>();
        final List<String> retracted = new ArrayList<>();
        volatile boolean clear = true;
        volatile boolean ignored;
        volatile boolean failing;
        volatile boolean forgotten;

        @Override
        public synchronized Optional<Stranger> tell(UnknownSighting sighting) {
            sightings.add(sighting);
            if (failing) {
                throw new IllegalStateException("being replaced");
            }
            return clear ? find(id) : Optional.empty();
        }

        @Override
        public Optional<Stranger> find(UUID unknown) {
            return forgotten ? Optional.empty() : Optional.of(new Stranger(id, ignored));
        }

        @Override
        public synchronized void retract(String track) {
            retracted.add(track);
        }

        @Override
        public List<UnknownPerson> people() {
            return List.of();
        }

        @Override
        public List<UnknownFace> faces(UUID unknown) {
            return List.of();
        }

        @Override
        public Optional<FaceChip> chip(long face) {
            return Optional.empty();
        }

        @Override
        public Person name(Collection<UUID> unknown, String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setIgnored(UUID unknown, boolean on) {
            ignored = on;
        }

        @Override
        public int forget(Collection<UUID> unknown) {
            return 0;
        }
    }

    @BeforeEach
    void open() {
        board.encoder = Optional.of(Fakes.Encoder.of("a", 0.1f));
        board.store = Optional.of(Fakes.Store.of(Gallery.EMPTY));
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
                        () -> service,
                        camera -> WatchedAreas.EVERYWHERE,
                        Optional::empty,
                        new RecentRecognitions());
    }

    @AfterEach
    void close() {
        capture.close();
        pipelines.close();
    }

    private void frames(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            int before = ear.results.size();
            pipelines.offer(Fakes.frame("front", sequence, Fakes.at((int) sequence++)));
            Fakes.await(() -> ear.results.size() > before);
        }
    }

    /** Everything told after the worker has ended, with the events of its end. */
    private List<Type> finish() {
        capture.close();
        pipelines.close();
        return ear.events.stream().map(RecognitionEvent::type).toList();
    }

    private void enrol(float value) {
        var key = Fakes.model("a").key();
        board.store =
                Optional.of(
                        Fakes.Store.of(
                                new Gallery(
                                        2,
                                        Fakes.gallery(
                                                        Map.of(
                                                                "ann",
                                                                List.of(
                                                                        Fakes.descriptor(
                                                                                key, value))))
                                                .people(),
                                        Fakes.gallery(
                                                        Map.of(
                                                                "ann",
                                                                List.of(
                                                                        Fakes.descriptor(
                                                                                key, value))))
                                                .sections())));
    }

    @Test
    void unknownFaceHasItsIdInEveryEvent() throws Exception {
        frames(UNKNOWN + 2);
        assertThat(finish()).containsExactly(Type.NEW, Type.END);
        assertThat(ear.events).allMatch(e -> e.unknownId().equals(Optional.of(told.id)));
        assertThat(told.sightings).hasSize(1);
        assertThat(told.sightings.get(0).track()).isEqualTo(ear.events.get(0).id());
        assertThat(told.sightings.get(0).camera()).isEqualTo("front");
        assertThat(told.retracted).isEmpty();
    }

    @Test
    void ignoredOneIsNotToldOf() throws Exception {
        told.ignored = true;
        frames(UNKNOWN + 5);
        assertThat(finish()).isEmpty();
        assertThat(told.sightings).hasSize(1);
    }

    @Test
    void trackEndsForListenersWhenItsPersonIsIgnored() throws Exception {
        frames(UNKNOWN + 1);
        told.ignored = true;
        frames(3);
        assertThat(finish()).containsExactly(Type.NEW, Type.END);
        assertThat(ear.events.get(1).unknownId()).contains(told.id);
    }

    @Test
    void trackBeginsForListenersWhenItsPersonIsNotIgnoredAnyMore() throws Exception {
        told.ignored = true;
        frames(UNKNOWN + 1);
        told.ignored = false;
        frames(1);
        assertThat(finish()).containsExactly(Type.NEW, Type.END);
    }

    @Test
    void trackBeginsForListenersWhenItsIgnoredPersonIsForgotten() throws Exception {
        told.ignored = true;
        frames(UNKNOWN + 1);
        told.forgotten = true;
        frames(2);
        assertThat(finish()).containsExactly(Type.NEW, Type.END);
        assertThat(ear.events).allMatch(e -> e.unknownId().equals(Optional.of(told.id)));
    }

    @Test
    void ignoredOneIsNotToldOfWhileTheServiceIsReplaced() throws Exception {
        told.ignored = true;
        frames(UNKNOWN + 1);
        Told next = new Told();
        next.forgotten = true; // has not read yet whom it keeps
        service = Optional.of(next);
        frames(2);
        assertThat(finish()).isEmpty();
    }

    @Test
    void ignoredFaceThatBecomesKnownIsNew() throws Exception {
        told.ignored = true;
        frames(UNKNOWN + 1);
        enrol(0.1f);
        frames(6);
        assertThat(finish()).containsExactly(Type.NEW, Type.END);
        assertThat(ear.events).allMatch(e -> e.match().name().equals(Optional.of("ann")));
        assertThat(ear.events).allMatch(e -> e.unknownId().isEmpty());
    }

    @Test
    void unknownFaceThatBecomesKnownIsRetracted() throws Exception {
        frames(UNKNOWN + 1);
        enrol(0.1f);
        frames(6);
        assertThat(finish()).containsExactly(Type.NEW, Type.UPDATE, Type.END);
        assertThat(ear.events.get(1).unknownId()).isEmpty();
        assertThat(told.retracted).containsExactly(ear.events.get(0).id());
    }

    @Test
    void faceThatCannotBeToldYetIsAskedForWithEveryLook() throws Exception {
        told.clear = false;
        frames(UNKNOWN + 2);
        told.clear = true;
        frames(1);
        assertThat(finish()).containsExactly(Type.NEW, Type.END);
        assertThat(ear.events.get(0).unknownId()).isEmpty();
        assertThat(ear.events.get(1).unknownId()).contains(told.id);
        assertThat(told.sightings).hasSize(4);
    }

    @Test
    void failingServiceLeavesEventsWithoutAnId() throws Exception {
        told.failing = true;
        frames(UNKNOWN + 2);
        assertThat(finish()).containsExactly(Type.NEW, Type.END);
        assertThat(ear.events).allMatch(e -> e.unknownId().isEmpty());
    }

    @Test
    void withoutTheServiceEventsHaveNoId() throws Exception {
        service = Optional.empty();
        frames(UNKNOWN + 1);
        assertThat(finish()).containsExactly(Type.NEW, Type.END);
        assertThat(ear.events).allMatch(e -> e.unknownId().isEmpty());
    }
}
