// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import io.facegate.api.backup.Backup;
import io.facegate.api.backup.Backups;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.exchange.GalleryExchange;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.status.Condition;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When a backup is made and which ones go. An earlier one is removed only after a newer one was
 * written and read back.
 */
final class AutomaticBackups implements Backups {
    private static final Logger LOG = LoggerFactory.getLogger(AutomaticBackups.class);

    /** A gallery that is being filled is not copied after each picture. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    /** After a failure. */
    private static final Duration PAUSE = Duration.ofMinutes(15);

    private static final long SPARE_BYTES = 32L << 20;

    private final EncodingStore store;
    private final GalleryExchange exchange;
    private final BackupFolder folder;
    private final BackupSettings settings;
    private final BackupHealth health;
    private final CopiesInWork copies;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private Optional<Made> lastMade = Optional.empty();
    private Optional<CaptureTime> failedAt = Optional.empty();
    private long seenRevision = -1;
    private Optional<CaptureTime> seenSince = Optional.empty();
    private long comparedRevision = -1;
    private boolean changed;

    /** A backup this process made, and the gallery before it was made. */
    private record Made(Path file, Gallery gallery, long nanos) {}

    AutomaticBackups(
            EncodingStore store,
            GalleryExchange exchange,
            BackupFolder folder,
            BackupSettings settings,
            BackupHealth health,
            CopiesInWork copies) {
        this.store = store;
        this.exchange = exchange;
        this.folder = folder;
        this.settings = settings;
        this.health = health;
        this.copies = copies;
    }

    @Override
    public List<Backup> list() throws IOException {
        lock.lock();
        try {
            List<Backup> result = new ArrayList<>();
            Instant now = CaptureTime.now().clock();
            for (Path file : folder.files()) {
                result.add(folder.dated(file, now));
            }
            return result;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Backup> newest() throws IOException {
        lock.lock();
        try {
            return folder.newest();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Backup make() throws IOException {
        return locked(
                () -> {
                    Backup backup = written();
                    prune();
                    return backup;
                });
    }

    /** Makes one when it is time; to be called every few seconds. */
    void look(CaptureTime now) {
        lock.lock();
        try {
            if (settings.enabled() && !health.waitsForRestore() && isTime(now)) {
                make();
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            failedAt = Optional.of(now);
            health.failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        try {
            copies.erase(now); // what processes that were killed left
            health.look(folder.newest(), folder.files().size(), folder.ofTheFuture(now.clock()));
        } catch (IOException | RuntimeException | LinkageError e) {
            health.failed(folder.path() + " cannot be read: " + e);
        } finally {
            lock.unlock();
        }
    }

    Condition condition() {
        return health.condition();
    }

    /** Replaces the backups that may have the person, who is in the store no longer. */
    List<ErasedPart> erase(Person person) throws IOException {
        return locked(
                () -> {
                    folder.deleteUnfinished();
                    ErasedPart own =
                            health.waitsForRestore()
                                    ? notReplaced()
                                    : new ErasedPart("automatic backups", replaced(person), "");
                    return List.of(own, copies.erase(CaptureTime.now()));
                });
    }

    /** They are all there is of those whom the damaged store had. */
    private ErasedPart notReplaced() throws IOException {
        List<Path> files = folder.files();
        String left =
                files.isEmpty()
                        ? ""
                        : "the store was damaged and not restored: take a backup in and erase the"
                                + " person again, or delete those in "
                                + folder.path();
        return new ErasedPart("automatic backups", 0, left);
    }

    private int replaced(Person person) throws IOException {
        List<Path> before = folder.files();
        if (before.isEmpty() || lastMade.isPresent() && isWithout(person, before)) {
            return 0;
        }
        // Fails when the store cannot be read: then nobody is known to be in it.
        store.encodings(person.id());
        Optional<Path> fresh = Optional.empty();
        if (!store.gallery().people().isEmpty()) {
            fresh = Optional.of(written().file());
        }
        int deleted = 0;
        for (Path file : before) {
            if (!fresh.equals(Optional.of(file))) {
                folder.delete(file);
                deleted++;
            }
        }
        LOG.info("{} backups with an erased person were removed", deleted);
        return deleted;
    }

    /** When several people are erased together, the backup made for the first is good for all. */
    private boolean isWithout(Person person, List<Path> files) {
        Made made = lastMade.orElseThrow();
        return files.equals(List.of(made.file()))
                && made.gallery().people().stream().noneMatch(p -> p.id().equals(person.id()));
    }

    private boolean isTime(CaptureTime now) throws IOException {
        Gallery gallery = store.gallery();
        if (gallery.revision() != seenRevision) {
            seenRevision = gallery.revision();
            seenSince = Optional.of(now);
        }
        List<Path> files = folder.files();
        if (gallery.people().isEmpty()
                || isWithin(PAUSE, failedAt, now)
                || isWithin(SETTLED, seenSince, now)
                || !files.isEmpty() && age(files.get(0), now).compareTo(settings.interval()) < 0) {
            return false;
        }
        if (comparedRevision != gallery.revision()) {
            comparedRevision = gallery.revision();
            changed =
                    files.isEmpty()
                            || !BackupFolder.fingerprint(files.get(0))
                                    .equals(GalleryFingerprint.of(gallery));
        }
        return changed;
    }

    /** One of the future is old enough: nobody can tell when it was made. */
    private Duration age(Path newest, CaptureTime now) throws IOException {
        if (lastMade.filter(made -> made.file().equals(newest)).isPresent()) {
            return Duration.ofNanos(now.nanos() - lastMade.get().nanos());
        }
        Duration age = Duration.between(folder.madeAt(newest), now.clock());
        return age.isNegative() ? settings.interval() : age;
    }

    private static boolean isWithin(Duration period, Optional<CaptureTime> since, CaptureTime now) {
        return since.filter(s -> s.until(now).compareTo(period) < 0).isPresent();
    }

    private Backup written() throws IOException {
        folder.deleteUnfinished();
        requireSpace();
        Gallery gallery = store.gallery();
        CaptureTime now = CaptureTime.now();
        Path file =
                folder.place(
                        now.clock().truncatedTo(ChronoUnit.SECONDS),
                        GalleryFingerprint.of(gallery));
        exchange.backup(file, folder.nextNumber());
        Backup backup = folder.checked(file);
        if (!backup.good()) {
            folder.delete(file);
            throw new IOException(
                    "what was written is not what is read back (" + backup.problem() + ")");
        }
        lastMade = Optional.of(new Made(file, gallery, now.nanos()));
        changed = false;
        health.made();
        LOG.info("A backup was made: {}", file);
        return backup;
    }

    /** While a damaged store waits to be restored, what has its people is kept. */
    private void prune() throws IOException {
        if (health.waitsForRestore()) {
            return;
        }
        List<Path> files = folder.files();
        for (Path old : files.subList(Math.min(files.size(), settings.keep()), files.size())) {
            folder.delete(old);
        }
    }

    /** A full disk harms the store and the outbox, so that it is not tried how much fits. */
    private void requireSpace() throws IOException {
        List<Path> files = folder.files();
        long last = files.isEmpty() ? 0 : Files.size(files.get(0));
        long needed = 2 * last + SPARE_BYTES;
        long free = folder.path().toFile().getUsableSpace();
        if (free < needed) {
            throw new IOException(
                    "only "
                            + (free >> 20)
                            + " MB are free in "
                            + folder.path()
                            + ", a backup needs "
                            + (needed >> 20)
                            + " MB: make room, or keep fewer");
        }
    }

    private <T> T locked(BackupFolder.Work<T> work) throws IOException {
        lock.lock();
        try {
            return folder.locked(work);
        } finally {
            lock.unlock();
        }
    }
}
