// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.sighting.Stranger;
import io.facegate.api.sighting.UnknownFace;
import io.facegate.api.sighting.UnknownPerson;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The unknown people in memory, and what of them is not on disk yet: marked where it is, so that
 * what waits for the disk is as bounded as what is kept. Thread-safe by its own lock; nothing here
 * waits for anything else.
 */
final class GroupTable {
    /** A gateway that was off for longer is rarer than a clock that is wrong by years. */
    private static final int CREDIBLE_DAYS = 366;

    private final Settings settings;
    private final Map<UUID, Group> groups = new LinkedHashMap<>();
    private final Set<UUID> gonePeople = new HashSet<>();
    private final Set<Long> goneFaces = new HashSet<>();

    /** A last sighting for the disk, with sightings not counted there. */
    record Seen(UUID unknown, Instant at, String camera, int count) {}

    /** A person at one moment. Immutable. */
    record Look(UnknownPerson person, List<FaceDescriptor> faces) {
        boolean isLike(List<FaceDescriptor> descriptors, double tolerance) {
            return descriptors.stream().anyMatch(d -> Group.distance(faces, d) <= tolerance);
        }
    }

    /** What is not on disk, to be written in this order. */
    record Unwritten(
            List<KeptFace> faces, List<Seen> seen, List<UUID> people, List<Long> goneFaces) {}

    GroupTable(Settings settings) {
        this.settings = settings;
    }

    /** The people themselves; for who holds this object's lock. */
    Collection<Group> groups() {
        return groups.values();
    }

    /** One of them; null when it is not kept. For who holds this object's lock. */
    Group get(UUID id) {
        return groups.get(id);
    }

    /**
     * Begins a person. For who holds this object's lock.
     *
     * @return false when there is no room, as everybody is ignored
     */
    boolean add(Group group) {
        boolean room = groups.size() < settings.people() || makeRoom();
        if (room) {
            groups.put(group.id, group);
        }
        return room;
    }

    /** Removes a person, from the disk too. For who holds this object's lock. */
    void remove(Group group) {
        groups.remove(group.id);
        if (group.touched) {
            gonePeople.add(group.id);
        }
    }

    /** Removes a face of a person, from the disk too. For who holds this object's lock. */
    void remove(Group group, KeptFace face) {
        if (!group.faces.remove(face)) {
            return;
        }
        face.removed = true;
        if (face.stored()) {
            goneFaces.add(face.id);
        }
    }

    /** One that is kept. */
    synchronized Optional<Stranger> find(UUID id) {
        return Optional.ofNullable(groups.get(id)).map(Group::stranger);
    }

    /** Last seen first. */
    synchronized List<UnknownPerson> people() {
        return groups.values().stream()
                .map(Group::view)
                .sorted(Comparator.comparing(UnknownPerson::lastSeen).reversed())
                .toList();
    }

    /** The faces of one. */
    synchronized List<UnknownFace> faces(UUID id) {
        Group group = groups.get(id);
        return group == null ? List.of() : group.faces.stream().map(KeptFace::view).toList();
    }

    /** The chip of a face that is not on disk. */
    synchronized Optional<FaceChip> chip(long temporary) {
        return groups.values().stream()
                .flatMap(group -> group.faces.stream())
                .filter(face -> face.id == temporary)
                .findFirst()
                .flatMap(face -> face.chip);
    }

    /** Somebody is still seen while the events of the track say so. */
    synchronized void event(RecognitionEvent event) {
        Group group = event.unknownId().map(groups::get).orElse(null);
        if (group != null) {
            group.seen(event.endTime().orElse(event.timestamp()), event.camera());
        }
    }

    /** Whether nobody new can be kept, as all there may be are ignored. */
    synchronized boolean full() {
        return groups.size() >= settings.people()
                && groups.values().stream().allMatch(group -> group.ignored);
    }

    /** Number of people kept. */
    synchronized int size() {
        return groups.size();
    }

    /** Number of faces kept. */
    synchronized int faceCount() {
        return groups.values().stream().mapToInt(group -> group.faces.size()).sum();
    }

    /** Whether one of its faces is on disk or may be. */
    synchronized boolean touched(Collection<UUID> ids) {
        return ids.stream().map(groups::get).anyMatch(group -> group != null && group.touched);
    }

    synchronized void setIgnored(UUID id, boolean ignored) {
        Optional.ofNullable(groups.get(id)).ifPresent(group -> group.ignored = ignored);
    }

    /**
     * Drops people who are not on disk any more.
     *
     * @return number dropped
     */
    synchronized int drop(Collection<UUID> ids) {
        int before = groups.size();
        groups.keySet().removeAll(Set.copyOf(ids));
        return before - groups.size();
    }

    /**
     * Those with a face within a tolerance of one of these. The table is free for others while
     * faces are compared, as there may be thousands: who came meanwhile is not among the answer,
     * and who went may be.
     */
    List<UnknownPerson> like(List<FaceDescriptor> descriptors, double tolerance) {
        return looks().stream()
                .filter(look -> look.isLike(descriptors, tolerance))
                .map(Look::person)
                .toList();
    }

    private synchronized List<Look> looks() {
        return groups.values().stream().map(Group::look).toList();
    }

    /**
     * Removes those not seen for the configured days. An absence that is longer by more than a year
     * is the doing of a clock that was set, and counts from the start.
     *
     * @param running time since the start, measured without the clock
     * @return number removed
     */
    synchronized int purge(Instant now, Duration running) {
        List<Group> old =
                groups.values().stream()
                        .filter(
                                group -> {
                                    int days =
                                            group.ignored
                                                    ? settings.ignoredDays()
                                                    : settings.days();
                                    Duration unseen = Duration.between(group.lastSeen, now);
                                    Duration longest = Duration.ofDays(days + CREDIBLE_DAYS);
                                    Duration counted =
                                            unseen.compareTo(longest) > 0 ? running : unseen;
                                    return counted.compareTo(Duration.ofDays(days)) >= 0;
                                })
                        .toList();
        old.forEach(this::remove);
        return old.size();
    }

    /** Takes in what is on disk; what was not written yet stays. */
    synchronized void load(List<UnknownPerson> people, List<UnknownFace> faces) {
        List<Group> before = List.copyOf(groups.values());
        Map<Long, KeptFace> same = new LinkedHashMap<>();
        before.forEach(group -> group.faces.forEach(face -> same.put(face.id, face)));
        groups.clear();
        for (UnknownPerson person : people) {
            if (!gonePeople.contains(person.id())) {
                groups.put(person.id(), new Group(person));
            }
        }
        for (UnknownFace face : faces) {
            Group group = groups.get(face.unknownId());
            if (group != null && !goneFaces.contains(face.id())) {
                KeptFace kept = same.get(face.id());
                boolean known =
                        kept != null
                                && kept.descriptor.equals(face.descriptor())
                                && kept.later.equals(face.later());
                group.faces.add(known ? kept : new KeptFace(face));
            }
        }
        before.forEach(this::carryOver);
        while (groups.size() > settings.people() && makeRoom()) {}
    }

    /** Marks what is not on disk; each part is to be reported when it is. */
    synchronized Unwritten unwritten() {
        List<KeptFace> faces = new ArrayList<>();
        List<Seen> seen = new ArrayList<>();
        for (Group group : groups.values()) {
            for (KeptFace face : group.faces) {
                if (!face.stored()) {
                    group.touched = true;
                    faces.add(face);
                }
            }
            if (group.touched && (group.moved || group.uncounted != 0)) {
                seen.add(new Seen(group.id, group.lastSeen, group.lastCamera, group.uncounted));
            }
        }
        return new Unwritten(faces, seen, List.copyOf(gonePeople), List.copyOf(goneFaces));
    }

    synchronized void written(KeptFace face, long id) {
        face.written(id);
        if (face.removed) {
            goneFaces.add(id);
        }
    }

    synchronized void written(Seen seen) {
        Group group = groups.get(seen.unknown());
        if (group != null) {
            group.uncounted -= seen.count();
            group.moved = !group.lastSeen.equals(seen.at());
        }
    }

    synchronized void removed(List<UUID> people, List<Long> faces) {
        people.forEach(gonePeople::remove);
        faces.forEach(goneFaces::remove);
    }

    /** Removes the one unseen for longest; false when all are ignored. */
    private boolean makeRoom() {
        Optional<Group> longest =
                groups.values().stream()
                        .filter(group -> !group.ignored)
                        .min(Comparator.comparing(group -> group.lastSeen));
        longest.ifPresent(this::remove);
        return longest.isPresent();
    }

    /** Somebody whose faces were on disk and are not any more was removed there. */
    private void carryOver(Group before) {
        List<KeptFace> waiting = before.faces.stream().filter(face -> !face.stored()).toList();
        Group now = groups.get(before.id);
        if (now != null) {
            now.faces.addAll(waiting);
            now.count(before.uncounted);
            // What the disk keeps of a time is less exact, and would seem older than itself.
            if (before.moved) {
                now.seen(before.lastSeen, before.lastCamera);
            }
        } else if (!waiting.isEmpty() && waiting.size() == before.faces.size()) {
            groups.put(before.id, before);
        }
    }
}
