// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.sighting.Stranger;
import io.facegate.api.sighting.UnknownSighting;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Tells which unknown person a face shows. Thread-safe; nothing here waits for the disk. */
final class Teller {
    /** Tracks remembered, to answer again and to take back. */
    private static final int TRACKS = 1000;

    /** A face as near as this, by dlib's encoder, to one that is kept shows nothing new. */
    private static final double SAME_LOOK = 0.2;

    /** Times the size: a better face of the same track takes the place of the one kept. */
    private static final double LARGER = 1.2;

    /** Chips in memory while nothing can be written; 67 kB each. */
    private static final int CHIPS = 100;

    private final Settings settings;
    private final GroupTable table;
    private final Supplier<EncoderTraits> encoder;
    private final Map<String, Trace> tracks =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Trace> eldest) {
                    return size() > TRACKS;
                }
            };
    private volatile boolean ready;
    private long temporaryId = -1;

    /** What a track left. */
    private static final class Trace {
        private final UUID id;
        private Optional<KeptFace> face = Optional.empty();

        Trace(UUID id) {
            this.id = id;
        }
    }

    /**
     * @param encoder the one in use: distances of the settings are those of dlib's, and of others
     *     in proportion to their tolerance
     */
    Teller(Settings settings, GroupTable table, Supplier<EncoderTraits> encoder) {
        this.settings = settings;
        this.table = table;
        this.encoder = encoder;
    }

    /** From now on faces are told apart: what is kept was read, or there is nothing to be read. */
    void ready() {
        ready = true;
    }

    /**
     * Whom a face shows.
     *
     * @param size shorter side of the face in pixels
     * @param good whether the face may be kept, and begin an unknown person; asked only when faces
     *     are told apart, as measuring one takes time
     */
    Optional<Stranger> tell(UnknownSighting sighting, int size, BooleanSupplier good) {
        if (!ready || !settings.keep()) {
            return Optional.empty();
        }
        boolean keeps = good.getAsBoolean();
        synchronized (table) {
            return told(sighting, size, keeps);
        }
    }

    private Optional<Stranger> told(UnknownSighting sighting, int size, boolean good) {
        Trace trace = tracks.get(sighting.track());
        if (trace == null) {
            Optional<Group> group = nearest(sighting.descriptor());
            if (group.isEmpty() && good) {
                group = begin(sighting);
            }
            if (group.isEmpty()) {
                return Optional.empty();
            }
            group.get().count(1);
            trace = new Trace(group.get().id);
            tracks.put(sighting.track(), trace);
        }
        Group group = table.get(trace.id);
        if (group == null) {
            return Optional.of(new Stranger(trace.id, false));
        }
        group.seen(sighting.seenAt(), sighting.camera());
        if (good) {
            keep(group, trace, sighting, size);
        }
        return Optional.of(group.stranger());
    }

    /** What the track left is not kept. */
    void retract(String track) {
        synchronized (table) {
            takeBack(track);
        }
    }

    private void takeBack(String track) {
        Trace trace = tracks.remove(track);
        Group group = trace == null ? null : table.get(trace.id);
        if (group == null) {
            return;
        }
        group.count(-1);
        trace.face.ifPresent(face -> table.remove(group, face));
        if (group.sightings <= 0 || group.faces.isEmpty()) {
            table.remove(group);
        }
    }

    private Optional<Group> nearest(FaceDescriptor descriptor) {
        Group nearest = null;
        double least = encoder.get().scaled(settings.tolerance());
        for (Group group : table.groups()) {
            double distance = group.distanceTo(descriptor);
            if (distance <= least) {
                least = distance;
                nearest = group;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private Optional<Group> begin(UnknownSighting sighting) {
        Group group = new Group(UUID.randomUUID(), sighting.seenAt(), sighting.camera());
        return table.add(group) ? Optional.of(group) : Optional.empty();
    }

    private void keep(Group group, Trace trace, UnknownSighting sighting, int size) {
        boolean better = trace.face.map(face -> size >= LARGER * face.size).orElse(false);
        if (better) {
            table.remove(group, trace.face.get());
        } else if (trace.face.isPresent()
                || group.faces.size() >= settings.faces()
                || group.distanceTo(sighting.descriptor()) < encoder.get().scaled(SAME_LOOK)) {
            return;
        }
        KeptFace face = new KeptFace(group.id, sighting, size, temporaryId--);
        if (waitingChips() >= CHIPS) {
            face.chip = Optional.empty();
        }
        group.faces.add(face);
        trace.face = Optional.of(face);
    }

    private long waitingChips() {
        return table.groups().stream()
                .flatMap(group -> group.faces.stream())
                .filter(face -> face.chip.isPresent())
                .count();
    }
}
