// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.sighting.UnknownPerson;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class GroupTableTest {
    private final GroupTable table = new GroupTable(Settings.DEFAULT);
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        others.shutdownNow();
    }

    private Group add(double value) {
        synchronized (table) {
            Group group = new Group(UUID.randomUUID(), Faces.START, "front");
            table.add(group);
            addFace(group, value);
            return group;
        }
    }

    private void addFace(Group group, double value) {
        synchronized (table) {
            group.faces.add(
                    new KeptFace(group.id, Faces.face("t", Faces.START, Faces.at(value)), 100, -1));
        }
    }

    @Test
    void tableIsFreeWhileFacesAreCompared() throws Exception {
        Group near = add(1);
        add(5);
        CountDownLatch comparing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<FaceDescriptor> slow =
                new AbstractList<>() {
                    @Override
                    public FaceDescriptor get(int index) {
                        comparing.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return Faces.at(1.1);
                    }

                    @Override
                    public int size() {
                        return 1;
                    }
                };
        Future<List<UnknownPerson>> like = others.submit(() -> table.like(slow, 0.45));
        comparing.await();
        Future<Group> recognised =
                others.submit(
                        () -> {
                            addFace(near, 1.2);
                            return add(1.1);
                        });
        Group another = recognised.get(20, TimeUnit.SECONDS);
        assertThat(table.find(another.id)).isPresent();
        goOn.countDown();
        assertThat(like.get()).extracting(UnknownPerson::id).containsExactly(near.id);
        assertThat(like.get().get(0).faces()).isEqualTo(1);
    }

    @Test
    void peopleMayComeGoAndBeSeenWhileFacesAreCompared() throws Exception {
        Group stays = add(1);
        CountDownLatch end = new CountDownLatch(1);
        List<Future<?>> changes =
                List.of(
                        others.submit(
                                () -> {
                                    while (end.getCount() > 0) {
                                        Group group = add(3);
                                        addFace(group, 3.1);
                                        table.drop(List.of(group.id));
                                    }
                                }),
                        others.submit(
                                () -> {
                                    while (end.getCount() > 0) {
                                        addFace(stays, 1.2);
                                        synchronized (table) {
                                            table.remove(stays, stays.faces.get(1));
                                        }
                                    }
                                }));
        for (int i = 0; i < 2000; i++) {
            assertThat(table.like(List.of(Faces.at(0.8)), 0.45))
                    .extracting(UnknownPerson::id)
                    .containsExactly(stays.id);
        }
        end.countDown();
        for (Future<?> change : changes) {
            change.get();
        }
    }

    @Test
    void aClockThatIsWrongByYearsForgetsNobodyUntilTheDaysHavePassed() {
        Instant seen = Instant.parse("2026-11-28T20:00:00Z");
        GroupTable wrong = new GroupTable(Settings.DEFAULT);
        wrong.add(new Group(UUID.randomUUID(), seen, "front"));
        for (String clock : List.of("1970-01-01T00:00:00Z", "2036-02-07T06:28:16Z")) {
            assertThat(wrong.purge(Instant.parse(clock), Duration.ofDays(1))).isZero();
        }
        wrong.add(new Group(UUID.randomUUID(), Instant.EPOCH, "front"));
        assertThat(wrong.purge(seen, Duration.ofDays(29))).as("seen in 1970").isZero();
        assertThat(wrong.purge(seen, Duration.ofDays(30))).isEqualTo(1);
        assertThat(wrong.purge(seen.plus(Duration.ofDays(30)), Duration.ZERO)).isEqualTo(1);
    }

    @Test
    void aSightingAfterOneOfTheFutureCounts() {
        Instant now = Instant.parse("2026-11-28T20:00:00Z");
        Group group = new Group(UUID.randomUUID(), Instant.parse("2036-02-07T06:28:16Z"), "front");
        group.seen(now, "back");
        assertThat(group.lastSeen).isEqualTo(now);
        group.seen(now.minusSeconds(1), "front");
        assertThat(group.lastSeen).as("another camera, a moment late").isEqualTo(now);
    }
}
