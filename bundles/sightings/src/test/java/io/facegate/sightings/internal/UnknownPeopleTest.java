// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.ModelKey;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.sighting.SightingStore;
import io.facegate.api.sighting.Stranger;
import io.facegate.api.sighting.UnknownPerson;
import io.facegate.api.status.Condition;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Telling, keeping and forgetting, with a store in memory and a clock of the test. */
class UnknownPeopleTest {
    private final MemoryStore disk = new MemoryStore();
    private Optional<SightingStore> store = Optional.of(disk);
    private Instant now = Faces.START;
    private GroupTable groups;
    private Teller teller;
    private KnownPeople known;
    private Keeper keeper;
    private int tracks;

    private static Settings settings(int people, int faces) {
        return new Settings(true, 0.45, people, faces, 30, 365, 60, 2, List.of());
    }

    /** A gateway that starts. */
    private void start(Settings settings) {
        known = new KnownPeople(() -> 0.6);
        groups = new GroupTable(settings);
        teller = new Teller(settings, groups, () -> EncoderTraits.DLIB);
        keeper =
                new Keeper(
                        teller,
                        groups,
                        known,
                        settings,
                        new Keeper.Surroundings(() -> store, () -> disk.revision, () -> now));
        keeper.step();
    }

    @BeforeEach
    void start() {
        start(settings(500, 5));
    }

    private Optional<Stranger> see(String track, double face) {
        return teller.tell(Faces.face(track, now, Faces.at(face)), 100, () -> true);
    }

    /** A track of its own. */
    private UUID visit(double face) {
        now = now.plusSeconds(60);
        return see("track-" + tracks++, face).orElseThrow().id();
    }

    private List<UUID> ids() {
        return groups.people().stream().map(UnknownPerson::id).toList();
    }

    private UnknownPerson person(UUID id) {
        return groups.people().stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void facesWithinTheToleranceAreTheSamePerson() {
        UUID first = visit(0);
        assertThat(visit(0.4)).isEqualTo(first);
        assertThat(visit(0.9)).isNotEqualTo(first);
        assertThat(visit(0.6)).as("nearer to 0.4 than to 0.9").isEqualTo(first);
        assertThat(person(first).sightings()).isEqualTo(3);
        assertThat(person(first).lastSeen()).isEqualTo(now);
    }

    @Test
    void somebodyIsSeenUntilTheTrackEnds() {
        UUID id = see("t", 0).orElseThrow().id();
        UUID other = visit(1);
        Instant end = now.plusSeconds(600);
        groups.event(Faces.event(Type.END, end, Match.NONE, Optional.of(id)));
        groups.event(Faces.event(Type.END, end.plusSeconds(1), Match.NONE, Optional.empty()));
        groups.event(Faces.event(Type.END, end, Match.NONE, Optional.of(UUID.randomUUID())));
        groups.event(Faces.event(Type.UPDATE, Faces.START, Match.NONE, Optional.of(id)));
        assertThat(person(id).lastSeen()).isEqualTo(end);
        assertThat(person(id).sightings()).isEqualTo(1);
        assertThat(person(other).lastSeen()).isEqualTo(now);
        keeper.step();
        assertThat(disk.people.get(id).lastSeen()).isEqualTo(end);
    }

    @Test
    void facesOfAnotherModelAreNotCompared() {
        UUID first = visit(0);
        var other = new ModelKey("other", "w");
        var face = new FaceDescriptor(other, new float[] {0, 1});
        assertThat(teller.tell(Faces.face("t", now, face), 100, () -> true).orElseThrow().id())
                .isNotEqualTo(first);
    }

    @Test
    void trackKeepsItsAnswerAndCountsOnce() {
        UUID first = see("t", 0).orElseThrow().id();
        assertThat(see("t", 5).orElseThrow().id()).isEqualTo(first);
        assertThat(person(first).sightings()).isEqualTo(1);
        assertThat(person(first).faces()).isEqualTo(1);
    }

    @Test
    void largerFaceOfATrackTakesThePlaceOfTheOneKept() {
        UUID id = see("t", 0).orElseThrow().id();
        keeper.step();
        teller.tell(Faces.face("t", now, Faces.at(0.05)), 110, () -> true);
        assertThat(groups.faces(id).get(0).descriptor()).isEqualTo(Faces.at(0));
        teller.tell(Faces.face("t", now, Faces.at(0.1)), 130, () -> true);
        keeper.step();
        assertThat(groups.faces(id)).hasSize(1);
        assertThat(groups.faces(id).get(0).descriptor()).isEqualTo(Faces.at(0.1));
        assertThat(disk.faces.values()).extracting(f -> f.descriptor()).containsOnly(Faces.at(0.1));
    }

    @Test
    void badFaceBeginsNobodyButIsFoundToBeSomebody() {
        assertThat(teller.tell(Faces.face("t", now, Faces.at(0)), 100, () -> false)).isEmpty();
        UUID id = see("t", 0).orElseThrow().id();
        assertThat(teller.tell(Faces.face("u", now, Faces.at(0.3)), 100, () -> false))
                .map(Stranger::id)
                .contains(id);
        assertThat(person(id).faces()).isEqualTo(1);
        assertThat(person(id).sightings()).isEqualTo(2);
    }

    @Test
    void onlyFacesThatShowSomethingNewAreKeptAndOnlySoMany() {
        start(settings(500, 3));
        UUID id = visit(0);
        visit(0.1);
        assertThat(person(id).faces()).isEqualTo(1);
        visit(0.3);
        visit(0.6);
        visit(0.9);
        assertThat(person(id).faces()).isEqualTo(3);
        assertThat(person(id).sightings()).isEqualTo(5);
    }

    @Test
    void idsAreTheSameAfterARestart() throws StoreException {
        UUID first = visit(0);
        UUID second = visit(1);
        keeper.setIgnored(second, true);
        keeper.close();
        start();
        assertThat(visit(0.2)).isEqualTo(first);
        assertThat(see("t", 1.2)).contains(new Stranger(second, true));
        assertThat(person(first).sightings()).isEqualTo(2);
    }

    @Test
    void trackThatBecameKnownLeavesNothing() {
        UUID id = visit(0);
        keeper.step();
        see("known", 0.3);
        keeper.step();
        assertThat(disk.faces).hasSize(2);
        teller.retract("known");
        see("other", 1);
        teller.retract("other");
        keeper.step();
        assertThat(ids()).containsExactly(id);
        assertThat(person(id).sightings()).isEqualTo(1);
        assertThat(disk.faces).hasSize(1);
        assertThat(disk.people.get(id).sightings()).isEqualTo(1);
        teller.retract("known");
        teller.retract("nobody");
        assertThat(person(id).sightings()).isEqualTo(1);
    }

    @Test
    void longestUnseenGoesWhenThereAreTooManyAndIgnoredOnesStay() throws StoreException {
        start(settings(3, 5));
        UUID ignored = visit(0);
        keeper.setIgnored(ignored, true);
        UUID oldest = visit(1);
        UUID newer = visit(2);
        UUID newest = visit(3);
        assertThat(ids()).containsExactly(newest, newer, ignored);
        keeper.step();
        assertThat(disk.people.keySet()).containsExactlyInAnyOrder(ignored, newer, newest);
        assertThat(visit(1)).isNotEqualTo(oldest);
    }

    @Test
    void nobodyIsKeptWhenAllAreIgnored() throws StoreException {
        start(settings(1, 5));
        UUID id = visit(0);
        assertThat(keeper.condition().level()).isEqualTo(Condition.Level.OK);
        keeper.setIgnored(id, true);
        assertThat(see("t", 1)).isEmpty();
        assertThat(see("t", 1)).as("another look of the same face").isEmpty();
        assertThat(ids()).containsExactly(id);
        assertThat(keeper.condition().level()).isEqualTo(Condition.Level.DEGRADED);
        assertThat(keeper.condition().message())
                .isEqualTo("all 1 unknown people there may be are ignored: nobody new is kept");
        keeper.setIgnored(id, false);
        assertThat(keeper.condition().level()).isEqualTo(Condition.Level.OK);
        assertThat(see("t", 1)).isPresent();
    }

    @Test
    void peopleUnseenForTheConfiguredDaysAreForgottenIgnoredOnesLater() throws StoreException {
        UUID gone = visit(0);
        UUID ignored = visit(1);
        keeper.setIgnored(ignored, true);
        now = now.plus(Duration.ofDays(20));
        UUID fresh = visit(2);
        now = now.plus(Duration.ofDays(10));
        keeper.step();
        keeper.step();
        assertThat(ids()).containsExactlyInAnyOrder(ignored, fresh).doesNotContain(gone);
        assertThat(disk.people).doesNotContainKey(gone);
        now = now.plus(Duration.ofDays(355));
        keeper.step();
        assertThat(disk.people).isEmpty();
    }

    @Test
    void oldPeopleAreForgottenAtTheStart() {
        visit(0);
        keeper.close();
        now = now.plus(Duration.ofDays(31));
        start();
        assertThat(ids()).isEmpty();
        assertThat(disk.people).isEmpty();
    }

    @Test
    void namedPeopleLeaveTheUnknownOnes() throws StoreException {
        UUID first = visit(0);
        UUID second = visit(1);
        UUID third = visit(2);
        Instant seen = person(second).lastSeen();
        Person ann = keeper.name(List.of(first, second), "Ann");
        assertThat(ann.encodings()).isEqualTo(2);
        assertThat(known.people().get(ann.id()).at()).isEqualTo(seen);
        assertThat(ids()).containsExactly(third);
        assertThat(groups.find(first)).isEmpty();
        assertThatThrownBy(() -> keeper.name(List.of(first), "Ann"))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void forgottenOneIsNotKeptAgainByTheSameTrack() throws StoreException {
        UUID id = see("t", 0).orElseThrow().id();
        assertThat(keeper.forget(List.of(id))).isEqualTo(1);
        assertThat(see("t", 0)).contains(new Stranger(id, false));
        assertThat(ids()).isEmpty();
        keeper.step();
        assertThat(disk.people).isEmpty();
        assertThat(visit(0)).isNotEqualTo(id);
    }

    @Test
    void peopleLikeAnErasedPersonAreForgotten() throws StoreException {
        UUID like = visit(0);
        visit(0.4);
        UUID other = visit(2);
        assertThat(keeper.forgetLike(List.of(Faces.at(-0.55)))).isEqualTo(2);
        assertThat(ids()).containsExactly(other).doesNotContain(like);
        assertThat(disk.faces).hasSize(1);
    }

    @Test
    void worksInMemoryWithoutAStoreAndKeepsItOnceThereIsOne() {
        store = Optional.empty();
        start();
        assertThat(see("t", 0)).as("the store may still come").isEmpty();
        now = now.plusSeconds(11);
        keeper.step();
        UUID id = visit(0);
        assertThat(visit(0.1)).isEqualTo(id);
        assertThat(keeper.condition().level()).isEqualTo(Condition.Level.DEGRADED);
        assertThat(keeper.condition().message()).contains("store is missing");
        assertThatThrownBy(() -> keeper.setIgnored(id, true)).isInstanceOf(StoreException.class);
        store = Optional.of(disk);
        keeper.step();
        assertThat(disk.people.get(id).sightings()).isEqualTo(2);
        assertThat(keeper.condition().level()).isEqualTo(Condition.Level.OK);
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenLater() {
        UUID first = visit(0);
        keeper.step();
        disk.failing = true;
        UUID second = visit(1);
        visit(0);
        keeper.step();
        assertThat(keeper.condition().message()).contains("the disk is full");
        disk.failing = false;
        keeper.step();
        assertThat(disk.people).as("not tried again at once").hasSize(1);
        now = now.plusSeconds(10);
        keeper.step();
        assertThat(disk.people.keySet()).containsExactlyInAnyOrder(first, second);
        assertThat(disk.people.get(first).sightings()).isEqualTo(2);
        assertThat(keeper.condition().level()).isEqualTo(Condition.Level.OK);
    }

    @Test
    void storeThatIsBeingExchangedIsWaitedFor() {
        UUID first = visit(0);
        disk.unloaded = true;
        keeper.step();
        assertThat(keeper.condition().level()).isEqualTo(Condition.Level.DEGRADED);
        disk.unloaded = false;
        now = now.plusSeconds(10);
        keeper.step();
        assertThat(disk.people.keySet()).containsExactly(first);
    }

    @Test
    void restoredStoreIsReadAgain() {
        UUID removed = visit(0);
        keeper.step();
        disk.people.clear();
        disk.faces.clear();
        disk.revision++;
        keeper.step();
        assertThat(ids()).isEmpty();
        assertThat(groups.find(removed)).isEmpty();
        assertThat(disk.people).isEmpty();
    }

    @Test
    void whatIsOnDiskIsNotWrittenAgainWhenTheGalleryChanges() {
        now = now.plusNanos(123_456_789);
        UUID id = visit(0);
        keeper.step();
        visit(0.1);
        keeper.step();
        int written = disk.sawUnknown;
        disk.revision++;
        keeper.step();
        assertThat(disk.sawUnknown).isEqualTo(written);
        visit(0.2);
        disk.revision++;
        keeper.step();
        assertThat(disk.sawUnknown).as("moved meanwhile").isEqualTo(written + 1);
        assertThat(disk.people.get(id).lastSeen()).isEqualTo(now.truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void switchedOffTellsNobodyButForgetsOnTime() {
        visit(0);
        keeper.close();
        start(new Settings(false, 0.45, 500, 5, 30, 365, 60, 2, List.of()));
        assertThat(see("t", 0)).isEmpty();
        assertThat(teller.tell(Faces.face("t", now, Faces.at(0)), 100, Assertions::fail))
                .as("not even measured")
                .isEmpty();
        assertThat(ids()).hasSize(1);
        now = now.plus(Duration.ofDays(31));
        keeper.step();
        assertThat(ids()).isEmpty();
    }
}
