// SPDX-License-Identifier: Apache-2.0
package io.facegate.outbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.outbox.OutboxMessage;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.StaleServiceException;
import io.facegate.sqlite.SqliteFile;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

class SqliteOutboxTest {
    @TempDir Path folder;
    private Path path;
    private SqliteOutbox outbox;

    @BeforeEach
    void open() {
        path = folder.resolve("data/outbox.db");
        outbox = opened(path, 1000);
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void keepsSeveralInOrderAndDropsTheOldestPastTheBound() throws Exception {
        try (SqliteOutbox outbox = opened(path, 3)) {
            outbox.append("t", List.of());
            outbox.append("t", "one");
            outbox.append("t", List.of("two", "three", "four"));
            assertThat(outbox.oldest(10))
                    .extracting(OutboxMessage::payload)
                    .containsExactly("two", "three", "four");
            assertThat(outbox.size()).isEqualTo(3);
            assertThat(outbox.dropped()).isEqualTo(1);
        }
    }

    @Test
    void messagesComeBackInOrderWithTheirTimes() throws Exception {
        Instant before = Instant.now().minusMillis(1);
        long first = outbox.append("events", "{\"name\":\"Zo\u00eb \ud83d\ude00\"}");
        long second = outbox.append("front/event", "");

        List<OutboxMessage> messages = outbox.oldest(10);

        assertThat(messages).extracting(OutboxMessage::id).containsExactly(first, second);
        assertThat(messages.get(0).topic()).isEqualTo("events");
        assertThat(messages.get(0).payload()).isEqualTo("{\"name\":\"Zo\u00eb \ud83d\ude00\"}");
        assertThat(messages.get(0).createdAt()).isBetween(before, Instant.now());
        assertThat(outbox.oldest(1)).hasSize(1);
        assertThat(outbox.oldest(0)).isEmpty();
        assertThat(outbox.size()).isEqualTo(2);
    }

    @Test
    void deliveredMessagesAreGoneAndIdsGoOnRising() throws Exception {
        outbox.append("a", "1");
        long second = outbox.append("a", "2");
        long third = outbox.append("a", "3");

        outbox.delivered(second);
        assertThat(outbox.oldest(10)).extracting(OutboxMessage::payload).containsExactly("3");
        assertThat(outbox.size()).isEqualTo(1);

        outbox.delivered(third);
        outbox.delivered(third);
        assertThat(outbox.size()).isZero();
        outbox.close();
        outbox = opened(path, 1000);
        assertThat(outbox.append("a", "4")).isGreaterThan(third);
    }

    @Test
    void messagesSurviveARestart() throws Exception {
        outbox.append("a", "1");
        outbox.append("a", "2");
        outbox.close();
        outbox = opened(path, 1000);

        assertThat(outbox.size()).isEqualTo(2);
        assertThat(outbox.oldest(10)).extracting(OutboxMessage::payload).containsExactly("1", "2");
    }

    @Test
    void erasedMessagesAreInNoFileAnyMore() throws Exception {
        UUID id = UUID.randomUUID();
        outbox.append("events", "{\"person_id\":\"" + id + "\",\"name\":\"Old name\"}");
        outbox.append(
                "events", "{\"person_id\":\"" + id + "\",\"big\":\"" + "z".repeat(9000) + "\"}");
        outbox.append("person/" + id, "x");
        outbox.append("events", "{\"name\":\"Old name\"}"); // another person of that name
        outbox.append("any", "no JSON: Old name");
        outbox.append("events", "{\"name\":null}");

        assertThat(outbox.erase(id)).isEqualTo(3);
        assertThat(outbox.erase(id)).isZero();

        assertThat(outbox.size()).isEqualTo(3);
        assertThat(outbox.oldest(10))
                .extracting(OutboxMessage::payload)
                .containsExactly("{\"name\":\"Old name\"}", "no JSON: Old name", "{\"name\":null}");
        try (Stream<Path> files = Files.list(path.getParent())) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(id.toString(), "zzzz");
            }
        }
    }

    @Test
    void copiesOfErasedAndOfDeliveredMessagesAreOverwritten() throws Exception {
        Random random = new Random(3);
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            ids.add(new UUID(random.nextLong(), random.nextLong()));
            String more = "x".repeat(random.nextInt(3000));
            outbox.append("events", "{\"person_id\":\"" + ids.get(i) + "\"," + more + "}");
        }
        outbox.delivered(100);
        Collections.shuffle(ids, random);
        List<UUID> gone = ids.subList(0, 200);
        for (UUID id : gone) {
            outbox.erase(id);
        }
        outbox.close();
        outbox = opened(path, 1000); // a start goes on where a kill ended it

        assertThat(outbox.scrub()).isTrue();
        assertThat(outbox.oldest(1000)).hasSize((int) outbox.size());
        try (Stream<Path> files = Files.list(path.getParent())) {
            for (Path file : files.toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(gone).noneMatch(id -> bytes.contains(id.toString()));
            }
        }
    }

    @Test
    void pastTheBoundTheOldestAreDroppedAndCounted() throws Exception {
        outbox.close();
        outbox = opened(path, 3);
        for (int i = 0; i < 5; i++) {
            outbox.append("a", "" + i);
        }

        assertThat(outbox.size()).isEqualTo(3);
        assertThat(outbox.dropped()).isEqualTo(2);
        assertThat(outbox.oldest(10))
                .extracting(OutboxMessage::payload)
                .containsExactly("2", "3", "4");
        assertThat(outbox.condition().level()).isEqualTo(Level.DEGRADED);
        assertThat(outbox.condition().message()).contains("full").contains("2 dropped");

        outbox.delivered(outbox.oldest(1).get(0).id());
        assertThat(outbox.condition().level()).isEqualTo(Level.OK);
    }

    @Test
    void lowerBoundHoldsForWhatIsThereAlready() throws Exception {
        for (int i = 0; i < 10; i++) {
            outbox.append("a", "" + i);
        }
        outbox.close();
        outbox = opened(path, 4);
        outbox.append("a", "10");

        assertThat(outbox.size()).isEqualTo(4);
        assertThat(outbox.oldest(1).get(0).payload()).isEqualTo("7");
        assertThat(outbox.dropped()).isEqualTo(7);
    }

    @Test
    void manyThreadsAppendEveryMessageOnceAndInTheirOwnOrder() throws Exception {
        outbox.close();
        outbox = opened(path, 10_000);
        int threads = 8;
        int each = 100;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<List<Long>>> work = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String topic = "t" + t;
                work.add(
                        () -> {
                            List<Long> ids = new ArrayList<>();
                            for (int i = 0; i < each; i++) {
                                ids.add(outbox.append(topic, "" + i));
                            }
                            return ids;
                        });
            }
            List<Long> ids = new ArrayList<>();
            for (Future<List<Long>> result : pool.invokeAll(work)) {
                assertThat(result.get()).isSorted();
                ids.addAll(result.get());
            }
            assertThat(ids)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, threads * each).boxed().toList());
        } finally {
            pool.shutdownNow();
        }
        assertThat(outbox.size()).isEqualTo(threads * each);
        List<OutboxMessage> all = outbox.oldest(Integer.MAX_VALUE);
        assertThat(all.stream().filter(m -> m.topic().equals("t3")).map(OutboxMessage::payload))
                .containsExactlyElementsOf(IntStream.range(0, each).mapToObj(i -> "" + i).toList());
    }

    @Test
    void fullDiskKeepsNothingOfTheMessageAndSaysWhatToDo() throws Exception {
        outbox.close();
        AtomicReference<SqliteFile> file = new AtomicReference<>();
        outbox =
                new SqliteOutbox(
                        path,
                        () -> {
                            file.set(SqliteFile.open(path, OutboxSql.SCHEMA));
                            return file.get();
                        },
                        1000);
        outbox.open();
        outbox.append("a", "before");
        limit(file.get(), 5);

        assertThatThrownBy(() -> outbox.append("a", "x".repeat(100_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not kept")
                .hasMessageContaining("no space left for " + path)
                .hasMessageContaining("free space");
        assertThat(outbox.size()).isEqualTo(1);
        assertThat(outbox.condition().level()).isEqualTo(Level.DEGRADED);

        limit(file.get(), 1000);
        outbox.append("a", "after");
        assertThat(outbox.oldest(10))
                .extracting(OutboxMessage::payload)
                .containsExactly("before", "after");
        assertThat(outbox.condition().level()).isEqualTo(Level.OK);
    }

    @Test
    void damagedFileIsSetAsideAndANewOneBegun() throws Exception {
        outbox.close();
        byte[] garbage = "no database ".repeat(1000).getBytes();
        Files.write(path, garbage);
        outbox = opened(path, 1000);

        outbox.append("a", "1");
        assertThat(outbox.size()).isEqualTo(1);
        assertThat(outbox.condition().level()).isEqualTo(Level.DEGRADED);
        try (Stream<Path> files = Files.list(path.getParent())) {
            Path aside =
                    files.filter(f -> f.toString().contains(".damaged-")).findFirst().orElseThrow();
            assertThat(Files.readAllBytes(aside)).isEqualTo(garbage);
            assertThat(outbox.condition().message()).contains(aside.toString());
        }
    }

    @Test
    void folderThatCannotBeMadeIsNamed() throws Exception {
        Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "a file where the folder should be");
        try (SqliteOutbox other = opened(blocked.resolve("outbox.db"), 10)) {
            assertThat(other.condition().level()).isEqualTo(Level.FAILED);
            assertThatThrownBy(() -> other.append("a", "1"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(blocked.toString());
            assertThat(other.size()).isZero();
        }
    }

    @Test
    void fileMovedAwayIsBegunAnewInsteadOfWrittenInVain() throws Exception {
        outbox.append("a", "1");
        Files.move(path, folder.resolve("elsewhere"));

        outbox.append("a", "2");

        assertThat(path).exists();
        assertThat(outbox.oldest(10)).extracting(OutboxMessage::payload).containsExactly("2");
        assertThat(outbox.size()).isEqualTo(1);
    }

    @Test
    void callsAfterCloseAreStale() {
        outbox.close();
        outbox.close();

        assertThatThrownBy(() -> outbox.append("a", "1")).isInstanceOf(StaleServiceException.class);
        assertThatThrownBy(() -> outbox.oldest(1)).isInstanceOf(StaleServiceException.class);
        assertThatThrownBy(() -> outbox.delivered(1)).isInstanceOf(StaleServiceException.class);
    }

    static SqliteOutbox opened(Path path, int capacity) {
        SqliteOutbox outbox =
                new SqliteOutbox(path, () -> SqliteFile.open(path, OutboxSql.SCHEMA), capacity);
        outbox.open();
        return outbox;
    }

    private static void limit(SqliteFile file, int pages) throws SQLException {
        try (Statement statement = file.connection().createStatement()) {
            statement.execute("PRAGMA max_page_count=" + pages);
        }
    }
}
