// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import io.facegate.api.outbox.Outbox;
import io.facegate.api.outbox.OutboxMessage;
import io.facegate.api.status.Condition;
import io.facegate.api.status.StaleServiceException;
import io.facegate.sqlite.SqliteFault;
import io.facegate.sqlite.SqliteFile;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue in a file. Appending is a group commit: while one thread waits for the disk the others
 * queue up, and the next to get the lock writes all of them with one wait.
 */
final class SqliteOutbox implements Outbox, AutoCloseable {
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How the file is opened. */
    interface Opening {
        SqliteFile open() throws SqliteFault;
    }

    private final Path path;
    private final Opening opening;
    private final long capacity;
    private final OutboxHealth health;
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
    private volatile long size;
    private volatile long dropped;
    private volatile boolean closed;

    // Guarded by the lock; file and sql are null when there is no usable file.
    private SqliteFile file;
    private OutboxSql sql;
    private long dataVersion;
    private long triedAt;

    SqliteOutbox(Path path, Opening opening, long capacity) {
        this.path = path.toAbsolutePath().normalize();
        this.opening = opening;
        this.capacity = capacity;
        this.health = new OutboxHealth(this.path, capacity);
    }

    /** Opens the file; when that fails the outbox refuses messages and tries again with them. */
    void open() {
        lock.lock();
        try {
            tryToOpen();
        } finally {
            lock.unlock();
        }
    }

    Condition condition() {
        return health.condition(size, dropped);
    }

    @Override
    public long append(String topic, String payload) throws IOException {
        Pending message = new Pending(topic, payload, Instant.now());
        queue.add(message);
        return committed(message);
    }

    @Override
    public void append(String topic, List<String> payloads) throws IOException {
        Instant now = Instant.now();
        List<Pending> messages =
                payloads.stream().map(payload -> new Pending(topic, payload, now)).toList();
        if (messages.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            // with the lock held nobody takes a part of them
            queue.addAll(messages);
            committed(messages.get(messages.size() - 1));
        } finally {
            lock.unlock();
        }
    }

    private long committed(Pending message) throws IOException {
        lock.lock();
        try {
            if (!message.decided()) {
                commitQueue();
            }
            return message.id();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<OutboxMessage> oldest(int limit) throws IOException {
        lock.lock();
        try {
            return usable().oldest(limit);
        } catch (SQLException e) {
            throw SqliteFault.of(path, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void delivered(long id) throws IOException {
        lock.lock();
        try {
            OutboxSql open = usable();
            int[] deleted = new int[1];
            change(() -> deleted[0] = open.deleteUpTo(id));
            size -= deleted[0];
            health.waiting(size);
        } catch (SQLException e) {
            throw SqliteFault.of(path, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int erase(UUID id) throws IOException {
        lock.lock();
        try {
            OutboxSql open = usable();
            int[] deleted = new int[1];
            change(() -> deleted[0] = open.deleteAbout(id.toString()));
            size -= deleted[0];
            health.waiting(size);
            // What another process keeps it from taking out now, scrub does.
            file.truncateLog();
            return deleted[0];
        } catch (SQLException e) {
            throw SqliteFault.of(path, e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Overwrites what was erased and may be left where the file holds nothing.
     *
     * @return false when another process is in the way: try again later
     */
    boolean scrub() throws IOException {
        lock.lock();
        try {
            return scrubbed(usable());
        } catch (SQLException e) {
            throw SqliteFault.of(path, e);
        } finally {
            lock.unlock();
        }
    }

    private boolean scrubbed(OutboxSql open) throws SQLException, SqliteFault {
        long mark = open.toScrub();
        return mark == 0 || file.scrub(() -> closed) && open.scrubbed(mark);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            release();
        } finally {
            lock.unlock();
        }
    }

    private interface Statements {
        void run() throws SQLException;
    }

    private void commitQueue() {
        List<Pending> batch = new ArrayList<>();
        for (Pending next = queue.poll(); next != null; next = queue.poll()) {
            batch.add(next);
        }
        long[] excess = new long[1];
        try {
            OutboxSql open = usable();
            change(
                    () -> {
                        open.insert(batch);
                        excess[0] = Math.max(0, size + batch.size() - capacity);
                        if (excess[0] > 0) {
                            open.deleteOldest(excess[0]);
                        }
                    });
            size += batch.size() - excess[0];
            dropped += excess[0];
            batch.forEach(Pending::committed);
            health.kept();
            health.waiting(size);
            health.dropping(excess[0]);
        } catch (SQLException e) {
            refuse(batch, SqliteFault.of(path, e));
        } catch (IOException | StaleServiceException e) {
            refuse(batch, e);
        }
    }

    private void refuse(List<Pending> batch, Exception e) {
        String why = "the message was not kept: " + e.getMessage();
        batch.forEach(message -> message.refused(why, e));
        if (!closed) {
            health.refused(e.getMessage());
        }
    }

    /** One transaction, with the count of messages as it is within it. */
    private void change(Statements statements) throws SQLException {
        sql.begin();
        boolean committed = false;
        try {
            // Another process may have taken messages away.
            if (file.dataVersion() != dataVersion) {
                size = sql.count();
                dataVersion = file.dataVersion();
            }
            statements.run();
            sql.commit();
            committed = true;
        } finally {
            if (!committed) {
                rollback();
            }
        }
    }

    private void rollback() {
        try {
            sql.rollback();
        } catch (SQLException e) {
            // SQLite rolls back by itself after some errors.
        }
    }

    private OutboxSql usable() throws IOException {
        if (closed) {
            throw new StaleServiceException("the outbox was stopped: look the service up anew");
        }
        if (file != null && file.replaced()) {
            health.replaced();
            release();
            triedAt = 0;
        }
        if (file == null && (triedAt == 0 || System.nanoTime() - triedAt > RETRY_NANOS)) {
            tryToOpen();
        }
        if (file == null) {
            throw new IOException(health.failure());
        }
        return sql;
    }

    private void tryToOpen() {
        if (closed) {
            return;
        }
        triedAt = System.nanoTime();
        try {
            file = opening.open();
            sql = new OutboxSql(file.connection());
            size = sql.count();
            dataVersion = file.dataVersion();
            scrubAgain();
            health.opened(file, size);
        } catch (SqliteFault e) {
            health.failed(e.getMessage());
        } catch (SQLException e) {
            release();
            health.failed(SqliteFault.of(path, e).getMessage());
        }
    }

    /** What an erasure before a crash left to do. */
    private void scrubAgain() throws SQLException {
        try {
            scrubbed(sql);
        } catch (SqliteFault e) {
            // Erasures that are not complete ask for it again, and say why it fails.
        }
    }

    private void release() {
        if (file != null) {
            file.close();
        }
        file = null;
        sql = null;
    }
}
