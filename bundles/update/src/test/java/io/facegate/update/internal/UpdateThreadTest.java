// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.model.ModelChoice.Choice;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.model.UpdateStatus.Phase;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.KeptFace;
import io.facegate.guard.machine.KernelFiles;
import io.facegate.testing.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** From an encoder that is put beside the one in use to one that is used. */
class UpdateThreadTest {
    private final FakeParts parts = new FakeParts();
    private UpdateThread thread;

    @BeforeEach
    void people() throws Exception {
        parts.install(FakeParts.OLD, ModelState.State.ACCEPTED, "");
        for (int i = 0; i < 10; i++) {
            parts.add("Ann", i, true);
            parts.add("Bob", 100 + i, true);
        }
    }

    @AfterEach
    void close() throws Exception {
        thread.close();
    }

    @Test
    void everybodyIsEncodedAndThenItIsUsed() throws Exception {
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        awaitUse();
        assertThat(parts.coverage(FakeParts.NEW.key()).complete()).isTrue();
        Await.await(() -> parts.tried.isEmpty() && thread.status().offer().isEmpty());
        assertThat(thread.status().previous()).contains(FakeParts.OLD.key());
    }

    @Test
    void withoutMemoryItIsNotLoadedUntilThereIsSome(@TempDir Path root) throws Exception {
        Path memory = Files.createDirectories(root.resolve("proc")).resolve("meminfo");
        Files.writeString(memory, "MemAvailable: 20480 kB\n");
        parts.kernel = new KernelFiles(root);
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        Offer offer = awaitOffer(o -> o.phase() == Phase.REFUSED);
        assertThat(offer.message())
                .isEqualTo(
                        "it needs 29 MB of memory beside what runs, and 20 MB are available: end other"
                                + " programs, or use fewer cameras or a smaller detector. It is tried"
                                + " again as soon as there is room");
        assertThat(parts.tried).as("not loaded").isEmpty();
        assertThat(conditions())
                .anyMatch(
                        c ->
                                c.level() == Level.DEGRADED
                                        && c.message()
                                                .startsWith(
                                                        "new 1.0.0 was refused: it needs 29 MB"));
        Files.writeString(memory, "MemAvailable: 40960 kB\n");
        awaitUse();
    }

    @Test
    void framesGoFirst() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        parts.framesInWork = () -> asked.incrementAndGet() % 3 != 0;
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        awaitUse();
        assertThat(asked).as("looked at for each piece").hasValueGreaterThan(5);
    }

    @Test
    void encodingsAreClearedOfWhatIsNeitherInUseNorOnItsWay() throws Exception {
        start(true);
        assertThatThrownBy(() -> thread.clear(FakeParts.OLD.key(), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("old is in use");
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        awaitUse();
        Await.await(() -> thread.status().offer().isEmpty());
        assertThatThrownBy(() -> thread.clear(FakeParts.OLD.key(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no going back to it", "--force");
        assertThat(parts.coverage(FakeParts.OLD.key()).facesEncoded()).isEqualTo(20);
        assertThat(thread.clear(FakeParts.OLD.key(), true).removed()).isEqualTo(20);
        assertThat(thread.rollBack()).as("nothing to go back to").isEmpty();
        assertThat(parts.chosen.inUse()).contains(FakeParts.NEW.key());
    }

    @Test
    void encodingsOfAnEncoderOnItsWayStay() throws Exception {
        parts.add("Carol", 200, false);
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        awaitOffer(o -> o.phase() == Phase.WAITING);
        assertThatThrownBy(() -> thread.clear(FakeParts.NEW.key(), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("new is on its way into use");
        assertThat(parts.coverage(FakeParts.NEW.key()).facesEncoded()).isEqualTo(20);
    }

    @Test
    void itWaitsForThoseWhoNeedPhotos() throws Exception {
        parts.add("Carol", 200, false);
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        Offer offer = awaitOffer(o -> o.phase() == Phase.WAITING);
        assertThat(offer.message())
                .isEqualTo("1 of 21 faces cannot be encoded with it, photos are needed of Carol");
        assertThat(parts.chosen.inUse()).contains(FakeParts.OLD.key());
        assertThat(conditions())
                .anyMatch(c -> c.level() == Level.DEGRADED && c.message().contains("Carol"));
        thread.ask(Optional.of(FakeParts.NEW.key()));
        awaitUse();
        Await.await(
                () ->
                        conditions().stream()
                                .anyMatch(
                                        c ->
                                                c.level() == Level.DEGRADED
                                                        && c.message()
                                                                .startsWith("one person cannot")));
    }

    @Test
    void itWaitsWhenSomebodyWouldBeToldLessWell() throws Exception {
        parts.spoilt.put(5, 2.1f); // one of Ann's among Bob's
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        Offer offer = awaitOffer(o -> o.phase() == Phase.WAITING);
        assertThat(offer.gallery().orElseThrow().worse()).contains(FakeParts.id("Ann"));
        assertThat(offer.message()).contains("would be told less well");
        assertThat(parts.chosen.inUse()).contains(FakeParts.OLD.key());
    }

    @Test
    void facesAreToldWithTheToleranceThatIsSet() throws Exception {
        parts.set.put(FakeParts.NEW.key(), 0.001); // nobody is near enough to anybody
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        Offer offer = awaitOffer(o -> o.phase() == Phase.WAITING);
        assertThat(offer.gallery().orElseThrow().rightBefore()).isEqualTo(20);
        assertThat(offer.gallery().orElseThrow().rightAfter()).isZero();
    }

    @Test
    void theToleranceOfTheOneInUseIsTheOneThatIsSet() throws Exception {
        parts.set.put(FakeParts.OLD.key(), 0.001);
        start(false);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        Offer offer = awaitOffer(o -> o.phase() == Phase.WAITING);
        assertThat(offer.gallery().orElseThrow().rightBefore()).isZero();
        assertThat(offer.gallery().orElseThrow().rightAfter()).isEqualTo(20);
    }

    @Test
    void itWaitsForAPersonWhereThatIsWanted() throws Exception {
        start(false);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        assertThat(awaitOffer(o -> o.phase() == Phase.WAITING).message())
                .isEqualTo("autoActivate is off");
    }

    @Test
    void whatWasEncodedBeforeAFaultIsNotEncodedAgain() throws Exception {
        parts.batches = 1;
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        Await.await(() -> parts.batches < 0);
        assertThat(parts.coverage(FakeParts.NEW.key()).facesEncoded()).isEqualTo(8);
        assertThat(parts.chosen.inUse()).contains(FakeParts.OLD.key());
        parts.batches = 2;
        awaitUse();
        assertThat(parts.coverage(FakeParts.NEW.key()).complete()).isTrue();
    }

    @Test
    void aPartThatIsBrokenDoesNotEndIt() throws Exception {
        parts.broken = new NoClassDefFoundError("a class of an engine that was exchanged");
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        awaitOffer(o -> o.message().contains("a class of an engine"));
        assertThat(conditions())
                .anyMatch(
                        c ->
                                c.level() == Level.DEGRADED
                                        && c.message().contains("it is tried again"));
        parts.broken = null;
        thread.wake();
        awaitUse();
    }

    @Test
    void aChoiceThatCannotBeKeptIsTold() throws Exception {
        parts.unwritable = "encoder.choice: read-only file system";
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        awaitOffer(o -> o.message().contains("read-only"));
        assertThat(parts.chosen.inUse()).contains(FakeParts.OLD.key());
        parts.unwritable = "";
        thread.wake();
        awaitUse();
    }

    @Test
    void whoGoesBackAtTheLastMomentStaysThere() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        parts.looking =
                model -> {
                    boolean done =
                            model.equals(FakeParts.NEW.key()) && parts.coverage(model).complete();
                    // once for each kind of faces, and then for those who were added meanwhile
                    if (done && looks.incrementAndGet() == KeptFace.Owner.values().length + 1) {
                        parts.install(FakeParts.NEW, ModelState.State.REFUSED, "taken away");
                        thread.ask(Optional.empty());
                    }
                };
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        awaitOffer(o -> o.phase() == Phase.REFUSED);
        assertThat(parts.chosen.inUse()).contains(FakeParts.OLD.key());
    }

    @Test
    void whoIsAddedIsEncodedWithTheOneInUse() throws Exception {
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        awaitUse();
        parts.chosen =
                new Choice(
                        Optional.of(FakeParts.OLD.key()),
                        Optional.empty(),
                        Set.of(FakeParts.NEW.key()));
        parts.add("Dora", 250, true);
        parts.chosen =
                new Choice(
                        Optional.of(FakeParts.NEW.key()),
                        Optional.of(FakeParts.OLD.key()),
                        Set.of());
        thread.wake();
        Await.await(() -> parts.coverage(FakeParts.NEW.key()).complete());
    }

    @Test
    void oneThatPeopleWentBackFromIsNotTakenAgain() throws Exception {
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        awaitUse();
        parts.choice().goBack();
        thread.ask(Optional.empty());
        Await.await(() -> thread.status().inUse().equals(Optional.of(FakeParts.OLD.key())));
        assertThat(new Offers(parts.registry(), parts.choice()).target(Optional.empty())).isEmpty();
    }

    @Test
    void oneThatWasRefusedIsTold() throws Exception {
        start(true);
        parts.install(FakeParts.NEW, ModelState.State.REFUSED, "its self-test failed");
        assertThat(awaitOffer(o -> o.phase() == Phase.REFUSED).message())
                .isEqualTo("its self-test failed");
        assertThat(new Offers(parts.registry(), parts.choice()).obstacle(FakeParts.NEW.key()))
                .contains("it was refused: its self-test failed");
    }

    @Test
    void theOnlyOneIsUsedWhenTheOneInUseIsGone() throws Exception {
        parts.add("Carol", 200, false);
        parts.models.clear();
        start(false);
        parts.install(FakeParts.NEW, ModelState.State.CHECKED, "");
        awaitUse();
    }

    private List<Condition> conditions() {
        return UpdateConditions.of(thread.status(), parts.choice(), List.of());
    }

    private void start(boolean autoActivate) {
        thread =
                new UpdateThread(
                        parts, new LiveFaces(), new Settings(autoActivate, 0, 1, List.of()));
        thread.start();
    }

    private void awaitUse() throws Exception {
        Await.await(() -> parts.chosen.inUse().equals(Optional.of(FakeParts.NEW.key())));
    }

    private Offer awaitOffer(Predicate<Offer> wanted) throws Exception {
        Await.await(() -> thread.status().offer().filter(wanted).isPresent());
        return thread.status().offer().orElseThrow();
    }
}
