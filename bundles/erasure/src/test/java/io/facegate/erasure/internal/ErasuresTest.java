// SPDX-License-Identifier: Apache-2.0
package io.facegate.erasure.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.erasure.OpenErasures;
import io.facegate.api.erasure.PersonDataHolder;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class ErasuresTest {
    @TempDir private Path data;
    private final PeopleStore store = new PeopleStore();
    private final List<PersonDataHolder> holders = new ArrayList<>();
    private final Holder outbox = new Holder("outbox", 3);

    @Test
    void aReceiptSaysWhatWasRemovedAndHasNoName() throws Exception {
        Person ann = store.put("Ann", 2, 1);
        store.reject(ann);
        store.reject(ann);
        store.reject(store.put("Bob", 1, 1));
        holders.add(outbox);

        ErasureReceipt receipt = erasures("outbox").erase(List.of("Ann", "Ann")).get(0);

        assertThat(receipt.person()).isEqualTo(ann);
        assertThat(receipt.complete()).isTrue();
        assertThat(receipt.parts())
                .containsExactly(
                        new ErasedPart("encodings", 2, ""),
                        new ErasedPart("face chips", 1, ""),
                        new ErasedPart("counter-examples", 2, ""),
                        new ErasedPart("like", 1, ""),
                        new ErasedPart("things", 3, ""));
        assertThat(store.names()).containsExactly("Bob");
        assertThat(outbox.asked).containsExactly("like Ann [2]", "erase Ann");
        assertThat(files("erasures")).isEmpty();
        Path file = files("receipts").get(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file))
                .contains(ann.id().toString(), "\"complete\": true")
                .doesNotContain("Ann");
    }

    @Test
    void nobodyIsErasedWhenANameIsUnknownOrAHolderFailsBefore() {
        store.put("Ann", 1, 1);
        store.put("Bob", 1, 1);
        assertThatThrownBy(() -> erasures().erase(List.of("Ann", "Cid")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("nobody is called \"Cid\"");
        outbox.failure = "the disk is gone";
        holders.add(outbox);
        assertThatThrownBy(() -> erasures().erase(List.of("Ann", "Bob")))
                .isInstanceOf(StoreException.class)
                .hasMessage("nobody was erased: the disk is gone");
        assertThat(store.names()).containsExactly("Ann", "Bob");
        assertThat(files("erasures")).isEmpty();
        assertThat(files("receipts")).isEmpty();
    }

    @Test
    void aPlaceThatFailsIsAskedAgainAndCountsAreAddedUp() throws Exception {
        store.put("Ann", 1, 0);
        holders.add(outbox);
        outbox.laterFailure = "the disk is full";
        Erasures erasures = erasures("outbox");

        ErasureReceipt receipt = erasures.erase(List.of("Ann")).get(0);

        assertThat(receipt.complete()).isFalse();
        assertThat(receipt.parts()).contains(new ErasedPart("outbox", 0, "the disk is full", true));
        assertThat(erasures.condition().level()).isEqualTo(Level.DEGRADED);
        assertThat(erasures.condition().message()).contains("1 erasure", "the disk is full");
        assertThat(Files.readString(files("receipts").get(0))).contains("\"complete\": false");

        outbox.laterFailure = "";
        outbox.again = true;
        assertThat(erasures.goOn()).isFalse();
        outbox.again = false;
        assertThat(erasures.goOn()).isTrue();

        assertThat(erasures.condition().level()).isEqualTo(Level.OK);
        assertThat(files("erasures")).isEmpty();
        assertThat(files("receipts")).hasSize(1);
        assertThat(Files.readString(files("receipts").get(0)))
                .contains("\"complete\": true", "\"count\": 6")
                .doesNotContain("full");
    }

    @Test
    void remainsAreOverwrittenOnceForAllAndTheReceiptsSayWhatIsLeft() throws Exception {
        store.put("Ann", 1, 0);
        store.put("Bob", 1, 0);
        holders.add(outbox);
        outbox.remains = "another process reads it";
        Erasures erasures = erasures("outbox");

        List<ErasureReceipt> receipts = erasures.erase(List.of("Ann", "Bob"));

        assertThat(outbox.scrubbedAfter).containsExactly(List.of("Ann", "Bob"));
        assertThat(receipts).noneMatch(ErasureReceipt::complete);
        assertThat(Files.readString(files("receipts").get(0)))
                .contains("\"complete\": false", "another process reads it");
        assertThat(erasures.condition().message()).contains("another process reads it");

        outbox.remains = "the disk is full";
        outbox.scrubFails = true;
        assertThat(erasures.goOn()).isFalse();
        assertThat(erasures.condition().message()).contains("the disk is full");

        outbox.killAt = "scrub";
        assertThatThrownBy(erasures::goOn).isInstanceOf(PowerCut.class);
        assertThat(erasures("outbox").open().receipts()).noneMatch(ErasureReceipt::complete);

        outbox.killAt = "";
        outbox.scrubFails = false;
        outbox.remains = "";
        assertThat(erasures("outbox").goOn()).isTrue();
        assertThat(files("erasures")).isEmpty();
        assertThat(Files.readString(files("receipts").get(1)))
                .contains("\"complete\": true")
                .doesNotContain("full");
    }

    @Test
    void aPlaceThatIsNotThereIsWaitedFor() throws Exception {
        store.put("Ann", 1, 0);
        Erasures command =
                new Erasures(
                        store.service(),
                        () -> holders,
                        new ErasureFolder(data),
                        new AwaitedPlaces(Set.of("outbox"), data, true));
        assertThat(command.erase(List.of("Ann")).get(0).parts())
                .contains(
                        new ErasedPart(
                                "outbox",
                                0,
                                "removed by the gateway within a minute, or at its next start",
                                true));

        Erasures gateway = erasures("outbox");
        assertThat(gateway.goOn()).isFalse();
        assertThat(gateway.somebodyCame()).isFalse();
        holders.add(outbox);
        assertThat(gateway.somebodyCame()).isTrue();
        assertThat(gateway.goOn()).isTrue();
        assertThat(outbox.asked).containsExactly("erase Ann");
        assertThat(Files.readString(files("receipts").get(0))).doesNotContain("next start");
    }

    @Test
    void whateverStepWasTheLastTheNextStartGoesOn() {
        holders.add(outbox);
        for (String last : List.of("like", "before", "after", "erase")) {
            store.put("Ann", 1, 1);
            killAt(last);
            assertThatThrownBy(() -> erasures("outbox").erase(List.of("Ann")))
                    .isInstanceOf(PowerCut.class);
            killAt("");
            assertThat(files("erasures")).hasSize(1);

            assertThat(erasures("outbox").goOn()).isTrue();

            assertThat(store.names()).as(last).isEmpty();
            assertThat(outbox.asked).last().isEqualTo("erase Ann");
            assertThat(files("erasures")).isEmpty();
        }
        assertThat(files("receipts")).hasSize(4);
    }

    @Test
    void aDeletionWaitsForThoseToBeAskedBeforeIt() throws Exception {
        store.put("Ann", 1, 1);
        killAt("before");
        assertThatThrownBy(() -> erasures("outbox").erase(List.of("Ann")))
                .isInstanceOf(PowerCut.class);
        killAt("");
        Erasures next = erasures("outbox");
        assertThat(next.goOn()).isFalse();
        assertThat(store.names()).containsExactly("Ann");
        holders.add(outbox);
        assertThat(next.somebodyCame()).isTrue();
        assertThat(next.goOn()).isTrue();
        assertThat(outbox.asked).containsExactly("like Ann [1]", "erase Ann");
    }

    @Test
    void whoIsBroughtBackByABackupStays() throws Exception {
        Person ann = store.put("Ann", 1, 1);
        outbox.laterFailure = "not now";
        holders.add(outbox);
        erasures("outbox").erase(List.of("Ann"));
        store.put(ann);
        erasures("outbox").goOn();
        outbox.laterFailure = "";
        assertThat(erasures("outbox").goOn()).isTrue();
        assertThat(store.names()).containsExactly("Ann");
    }

    @Test
    void aStoreThatCannotBeReadHasNotForgottenAnybody() {
        store.put("Ann", 1, 1);
        killAt("before");
        assertThatThrownBy(() -> erasures().erase(List.of("Ann"))).isInstanceOf(PowerCut.class);
        killAt("");
        store.unreadable = true;
        assertThat(erasures().goOn()).isFalse();
        store.unreadable = false;
        assertThat(erasures().goOn()).isTrue();
        assertThat(store.names()).isEmpty();
    }

    @Test
    void copiesOfTheStoreBesideItAreNamedAndLeft() throws Exception {
        for (String name :
                List.of("facegate.db", "facegate.db-wal", "facegate.db.lock", "facegate.db.txt")) {
            Files.writeString(data.resolve(name), "x");
        }
        StoreRemains remains = new StoreRemains(data.resolve("facegate.db"));
        Person ann = store.put("Ann", 1, 1);
        assertThat(remains.erase(ann).get(0).left()).isEmpty();
        Files.writeString(data.resolve("facegate.db.damaged-20260101T000000Z"), "x");
        Files.writeString(data.resolve("facegate.db.bak"), "SQLite format 3\0...");
        assertThat(remains.erase(ann).get(0).left())
                .contains("facegate.db.bak, ", ".damaged-20260101T000000Z", "delete them")
                .doesNotContain("txt", "Ann");
    }

    @Test
    void thePublisherIsNotWaitedForWhenNothingWasEverRetained() throws Exception {
        store.put("Ann", 1, 0);
        assertThat(erasures("mqtt").erase(List.of("Ann")).get(0).complete()).isTrue();
        Files.writeString(data.resolve("mqtt.people"), "");
        store.put("Bob", 1, 0);
        assertThat(erasures("mqtt").erase(List.of("Bob")).get(0).complete()).isFalse();
    }

    @Test
    void whatIsNotCompleteIsListed() throws Exception {
        Person ann = store.put("Ann", 1, 0);
        outbox.laterFailure = "the disk is full";
        holders.add(outbox);
        Erasures erasures = erasures("outbox");
        assertThat(erasures.open()).isEqualTo(OpenErasures.NONE);
        ErasureReceipt receipt = erasures.erase(List.of("Ann")).get(0);
        assertThat(erasures.open().receipts()).containsExactly(receipt);
        assertThat(erasures("outbox").open().receipts().get(0).person()).isEqualTo(ann);
        outbox.laterFailure = "";
        erasures.goOn();
        assertThat(erasures.open()).isEqualTo(OpenErasures.NONE);
    }

    @Test
    void aDamagedRecordIsNeitherCompleteNorForgotten() throws Exception {
        Person ann = store.put("Ann", 1, 0);
        outbox.laterFailure = "the disk is full";
        holders.add(outbox);
        Erasures erasures = erasures("outbox");
        erasures.erase(List.of("Ann"));
        Path record = files("erasures").get(0);
        for (byte[] content :
                List.of(
                        new byte[0],
                        new byte[] {(byte) 0xff},
                        "{}".getBytes(StandardCharsets.UTF_8))) {
            Files.write(record, content);
            assertThat(erasures.goOn()).as("nothing to try again").isTrue();
            assertThat(erasures.condition().level()).isEqualTo(Level.DEGRADED);
            assertThat(erasures.condition().message())
                    .contains("1 erasure may not be complete", record + " cannot be read")
                    .contains("people list --json has the id " + ann.id(), "delete the file");
            assertThat(erasures.open().damaged()).hasSize(1);
            assertThat(files("erasures")).containsExactly(record);
        }
        outbox.laterFailure = "";
        store.put(ann);
        assertThat(erasures.erase(List.of("Ann")).get(0).complete()).as("erased again").isTrue();
        assertThat(erasures.condition().level()).isEqualTo(Level.OK);
    }

    private void killAt(String step) {
        outbox.killAt = step;
        store.killBefore = step.equals("before");
        store.killAfter = step.equals("after");
    }

    private Erasures erasures(String... places) {
        return new Erasures(
                store.service(),
                () -> List.copyOf(holders),
                new ErasureFolder(data),
                new AwaitedPlaces(Set.of(places), data, false));
    }

    private List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(data.resolve(folder))) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** What keeps the process from doing anything more. */
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A place that does as it is told. */
    private static final class Holder implements PersonDataHolder {
        private final String place;
        private final int things;
        private final List<String> asked = new ArrayList<>();
        private String failure = "";
        private String laterFailure = "";
        private String killAt = "";
        private boolean again;
        private final List<List<String>> scrubbedAfter = new ArrayList<>();
        private String remains = "";
        private boolean scrubFails;

        Holder(String place, int things) {
            this.place = place;
            this.things = things;
        }

        @Override
        public String place() {
            return place;
        }

        @Override
        public List<ErasedPart> eraseLike(Person person, List<FaceDescriptor> descriptors)
                throws IOException {
            if (killAt.equals("like")) {
                throw new PowerCut();
            }
            if (!failure.isEmpty()) {
                throw new IOException(failure);
            }
            asked.add("like " + person.name() + " [" + descriptors.size() + "]");
            return List.of(new ErasedPart("like", 1, ""));
        }

        @Override
        public List<ErasedPart> erase(Person person) throws IOException {
            if (killAt.equals("erase")) {
                throw new PowerCut();
            }
            if (!laterFailure.isEmpty()) {
                throw new IOException(laterFailure);
            }
            asked.add("erase " + person.name());
            return List.of(new ErasedPart("things", things, again ? "one more" : "", again));
        }

        @Override
        public List<ErasedPart> scrub() throws IOException {
            if (killAt.equals("scrub")) {
                throw new PowerCut();
            }
            if (scrubFails) {
                throw new IOException(remains);
            }
            scrubbedAfter.add(
                    asked.stream()
                            .filter(what -> what.startsWith("erase "))
                            .map(what -> what.substring("erase ".length()))
                            .toList());
            return remains.isEmpty()
                    ? List.of()
                    : List.of(new ErasedPart("remains", 0, remains, true));
        }
    }
}
