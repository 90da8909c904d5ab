// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.backup.Backup;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.Person;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

class AutomaticBackupsTest {
    private static final Duration DAY = Duration.ofHours(24);

    @TempDir private Path data;
    private final PeopleExchange people = new PeopleExchange();
    private final CaptureTime start = CaptureTime.now();

    @Test
    void oneIsMadeWhenTheGalleryHasSettledAndNotAgainWhileItIsTheSame() throws Exception {
        AutomaticBackups backups = backups(3);
        backups.look(start);
        assertThat(backups.condition().message()).contains("none yet");
        people.put("Ann");
        backups.look(start.plus(Duration.ofSeconds(100)));
        people.put("Bob");
        backups.look(start.plus(Duration.ofSeconds(150)));
        assertThat(files()).isEmpty();
        backups.look(start.plus(Duration.ofSeconds(211)));
        assertThat(files()).hasSize(1);
        assertThat(backups.condition().level()).isEqualTo(Level.OK);
        assertThat(backups.condition().message()).contains("with 2 people; 1 kept");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");

        backups.look(start.plus(DAY.multipliedBy(2)));
        people.touch();
        backups.look(start.plus(DAY.multipliedBy(3)));
        backups.look(start.plus(DAY.multipliedBy(3)).plus(Duration.ofSeconds(61)));
        AutomaticBackups afterARestart = backups(3);
        afterARestart.look(start.plus(DAY.multipliedBy(4)));
        afterARestart.look(start.plus(DAY.multipliedBy(4)).plus(Duration.ofSeconds(61)));
        assertThat(files()).hasSize(1);
        people.put("Cid");
        afterARestart.look(start.plus(DAY.multipliedBy(5)));
        afterARestart.look(start.plus(DAY.multipliedBy(5)).plus(Duration.ofSeconds(61)));
        assertThat(files()).hasSize(2);
    }

    @Test
    void theOldestGoPastTheNumberKept() throws Exception {
        people.put("Ann");
        AutomaticBackups backups = backups(2);
        earlier("20260101T000000Z", "old");
        earlier("20260102T000000Z", "old");
        Path other = Files.writeString(folder().resolve("mine.backup"), "x");
        Backup made = backups.make();
        assertThat(files())
                .containsExactly(
                        made.file(), folder().resolve("gallery-20260102T000000Z-00000000.backup"));
        assertThat(other).exists();
    }

    @Test
    void damagedOnesAreListedAndNeverTheNewestGoodOne() throws Exception {
        people.put("Ann");
        AutomaticBackups backups = backups(5);
        Path good = earlier("20260101T000000Z", "1 people");
        earlier("20260102T000000Z", "rubbish");
        assertThat(backups.newest().map(Backup::file)).contains(good);
        assertThat(backups.list()).extracting(Backup::good).containsExactly(true, false);
        assertThat(backups.list().get(1).problem()).contains("damaged");
    }

    @Test
    void whatIsNotReadBackAsWrittenIsNoBackupAndRemovesNone() throws Exception {
        people.put("Ann");
        AutomaticBackups backups = backups(1);
        Path good = earlier("20260101T000000Z", "1 people");
        people.written = "rubbish";
        assertThatThrownBy(backups::make)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not what is read back");
        people.failure = "no space left on device";
        assertThatThrownBy(backups::make).hasMessageContaining("no space left");
        assertThat(files()).containsExactly(good);

        backups.look(start);
        backups.look(start.plus(Duration.ofSeconds(61)));
        backups.look(start.plus(Duration.ofSeconds(71)));
        assertThat(backups.condition().level()).isEqualTo(Level.DEGRADED);
        assertThat(backups.condition().message())
                .contains("no space left")
                .contains("with 1 person");
        people.failure = "";
        people.written = "";
        backups.look(start.plus(DAY));
        assertThat(backups.condition().level()).isEqualTo(Level.OK);
    }

    @Test
    void anErasedPersonIsInNoAutomaticBackupAnyMore() throws Exception {
        Person ann = people.put("Ann");
        Person bob = people.put("Bob");
        people.put("Cid");
        AutomaticBackups backups = backups(5);
        earlier("20260101T000000Z", "3 people");
        earlier("20260102T000000Z", "rubbish");
        people.remove(ann);
        people.remove(bob);

        assertThat(backups.erase(ann).get(0)).isEqualTo(new ErasedPart("automatic backups", 2, ""));
        assertThat(files()).hasSize(1);
        assertThat(Files.readString(files().get(0))).isEqualTo("1 people #1");
        assertThat(backups.erase(bob).get(0).count()).isZero();
        assertThat(backups.erase(ann).get(0).count()).isZero();
        assertThat(people.backups).isEqualTo(1);

        people.clear();
        assertThat(backups.erase(ann).get(0).count()).isZero();
        assertThat(backups(5).erase(ann).get(0).count()).isEqualTo(1);
        assertThat(files()).isEmpty();
    }

    @Test
    void aBackupThatCannotBeReplacedStaysAndTheErasureGoesOnLater() throws Exception {
        Person ann = people.put("Ann");
        people.put("Bob");
        AutomaticBackups backups = backups(5);
        Path old = earlier("20260101T000000Z", "2 people");
        people.failure = "no space left on device";
        assertThatThrownBy(() -> backups.erase(ann)).hasMessageContaining("no space left");
        people.failure = "";
        people.unreadable = true;
        assertThatThrownBy(() -> backups.erase(ann)).hasMessageContaining("cannot be used");
        assertThat(files()).containsExactly(old);
    }

    @Test
    void copiesOfInterruptedBackupsAreErasedOnceNobodyCanBeWorkingOnThem() throws Exception {
        Person ann = people.put("Ann");
        Path copy = Files.writeString(data.resolve("gallery-copy-1.db"), "x");
        Path log = Files.writeString(data.resolve("gallery-copy-1.db-wal"), "x");
        ErasedPart part = backups(5).erase(ann).get(1);
        assertThat(part.again()).isTrue();
        FileTime old = FileTime.from(start.clock().minus(Duration.ofMinutes(11)));
        Files.setLastModifiedTime(copy, old);
        Files.setLastModifiedTime(log, old);
        part = backups(5).erase(ann).get(1);
        assertThat(part).isEqualTo(new ErasedPart("copies of interrupted backups", 2, ""));
        assertThat(copy).doesNotExist();
    }

    @Test
    void aDamagedStoreIsOfferedTheNewestGoodBackupUntilItIsRestored() throws Exception {
        Person ann = people.put("Ann");
        Path good = earlier("20260101T000000Z", "4 people");
        Path aside = Files.writeString(data.resolve("facegate.db.damaged-20260102T030405Z"), "x");
        AutomaticBackups backups = backups(1);
        backups.look(start);
        backups.look(start.plus(Duration.ofSeconds(100)));
        assertThat(backups.condition().level()).isEqualTo(Level.DEGRADED);
        assertThat(backups.condition().message())
                .contains(
                        aside.getFileName().toString(),
                        good + " of 2026-01-01T00:00:00Z with 4 people",
                        "facegate restore --newest --data " + data);
        backups.make();
        assertThat(files()).as("none goes before it is restored").hasSize(2);
        Files.delete(files().get(0));
        assertThat(backups.erase(ann).get(0).left()).contains("take a backup in");
        assertThat(files()).containsExactly(good);

        Path restored = Files.writeString(data.resolve("last-restore"), "x");
        Files.setLastModifiedTime(restored, FileTime.from(Instant.parse("2026-01-02T03:04:06Z")));
        backups.look(start.plus(Duration.ofSeconds(110)));
        assertThat(backups.condition().level()).isEqualTo(Level.OK);
    }

    @Test
    void oneJustMadeOutranksThoseOfTheFutureAndSurvivesThem() throws Exception {
        people.put("Ann");
        AutomaticBackups backups = backups(3);
        Backup first = backups.make();
        for (int day = 1; day <= 5; day++) {
            earlier("2036020" + day + "T062816Z", "1 people #1 at " + first.madeAt());
        }
        Path clockOf2036 = earlier("20360206T000000Z", "1 people #2");
        people.put("Bob");
        Backup made = backups.make();
        assertThat(made.file()).exists();
        assertThat(backups.newest().map(Backup::file)).contains(made.file());
        assertThat(backups.newest().orElseThrow().info().orElseThrow().contents().people())
                .isEqualTo(2);
        assertThat(backups.list())
                .extracting(Backup::file)
                .as("in the order of making; copies under a later date are the first to go")
                .containsExactly(made.file(), clockOf2036, first.file());
        assertThat(backups.list()).extracting(Backup::future).containsExactly(false, true, false);

        backups.look(start.plus(Duration.ofHours(1)));
        assertThat(backups.condition().level()).isEqualTo(Level.DEGRADED);
        assertThat(backups.condition().message())
                .contains("gallery-20360206T000000Z-00000000.backup is dated in the future")
                .contains("with 2 people; 3 kept");
    }

    @Test
    void aClockThatJumpsByYearsMakesNoBackupDueAndDelaysNone() throws Exception {
        people.put("Ann");
        AutomaticBackups backups = backups(5);
        backups.look(start);
        backups.look(at(start.clock(), Duration.ofMinutes(2)));
        assertThat(files()).hasSize(1);
        people.put("Bob");
        for (String clock : List.of("1970-01-01T00:00:30Z", "2036-02-07T06:28:16Z")) {
            backups.look(at(Instant.parse(clock), Duration.ofHours(1)));
            backups.look(at(Instant.parse(clock), Duration.ofHours(23)));
            assertThat(files()).as("not a day later").hasSize(1);
        }
        backups.look(at(Instant.EPOCH, Duration.ofHours(25)));
        assertThat(files()).as("a day later, whatever the clock says").hasSize(2);
    }

    @Test
    void afterAStartOneOfTheFutureKeepsNobodyFromMakingTheNext() throws Exception {
        people.put("Ann");
        earlier("20360201T062816Z", "1 people #4");
        AutomaticBackups backups = backups(5);
        backups.look(start);
        backups.look(start.plus(Duration.ofSeconds(61)));
        assertThat(backups.list().get(0).info().orElseThrow().number()).isEqualTo(5);
        assertThat(backups.list().get(0).future()).isFalse();
    }

    @Test
    void aCopyInWorkIsNotTakenForAnOldOneWhenTheClockJumps() throws Exception {
        Path copy = Files.writeString(data.resolve("gallery-copy-1.db"), "x");
        CopiesInWork copies = new CopiesInWork(data);
        Instant later = Instant.parse("2036-02-07T06:28:16Z");
        assertThat(copies.erase(at(later, Duration.ZERO)).again()).isTrue();
        assertThat(copies.erase(at(later, Duration.ofMinutes(9))).again()).isTrue();
        assertThat(copies.erase(at(Instant.EPOCH, Duration.ofMinutes(11))).count()).isEqualTo(1);
        assertThat(copy).doesNotExist();
    }

    @Test
    void aStoreDamagedUnderAnyClockIsOfferedABackupOnceAndNoLonger() throws Exception {
        String old = "facegate.db.damaged-20360102T030405Z";
        Path fresh = data.resolve("facegate.db.damaged-19700101T000030Z");
        Files.writeString(data.resolve(old), "x");
        StoreDamage damage = new StoreDamage(data, "");
        assertThat(damage.unrestored()).isPresent();
        Files.writeString(data.resolve("last-restore"), "2026-01-01T00:00:00Z\ndamaged: " + old);
        assertThat(damage.unrestored()).isEmpty();
        Files.writeString(fresh, "x");
        assertThat(damage.unrestored()).contains(fresh);
    }

    /** Some time after the start, with the clock set to show something else. */
    private CaptureTime at(Instant clock, Duration passed) {
        return new CaptureTime(clock, start.nanos() + passed.toNanos());
    }

    private AutomaticBackups backups(int keep) {
        StoreDamage damage = new StoreDamage(data, "");
        return new AutomaticBackups(
                people.store(),
                people.exchange(),
                new BackupFolder(folder(), true, people.exchange()),
                new BackupSettings(true, DAY, keep),
                new BackupHealth(damage::unrestored, data),
                new CopiesInWork(data));
    }

    private Path folder() {
        return data.resolve("backups");
    }

    private Path earlier(String stamp, String content) throws IOException {
        Files.createDirectories(folder());
        return Files.writeString(
                folder().resolve("gallery-" + stamp + "-00000000.backup"), content);
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(f -> f.getFileName().toString().startsWith("gallery-"))
                    .sorted((a, b) -> b.compareTo(a))
                    .toList();
        }
    }
}
