// SPDX-License-Identifier: Apache-2.0
package io.facegate.sightings.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.sighting.Stranger;
import io.facegate.api.sighting.UnknownPerson;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** An unknown person. Guarded by its {@link GroupTable}. */
final class Group {
    /** A last sighting later than a new one by this is of a clock that was wrong. */
    static final Duration SET_BACK = Duration.ofDays(1);

    final UUID id;
    final List<KeptFace> faces = new ArrayList<>();
    final Instant firstSeen;
    boolean ignored;
    Instant lastSeen;
    String lastCamera;
    int sightings;

    /** Sightings that are not on disk. */
    int uncounted;

    /** The last sighting is not on disk. */
    boolean moved;

    /** It is on disk, or may be. */
    boolean touched;

    /** A new one. */
    Group(UUID id, Instant seenAt, String camera) {
        this.id = id;
        firstSeen = seenAt;
        lastSeen = seenAt;
        lastCamera = camera;
    }

    /** One from disk. */
    Group(UnknownPerson person) {
        this(person.id(), person.firstSeen(), person.lastCamera());
        lastSeen = person.lastSeen();
        ignored = person.ignored();
        sightings = person.sightings();
        touched = true;
    }

    void count(int more) {
        sightings += more;
        uncounted += more;
    }

    void seen(Instant at, String camera) {
        if (at.isAfter(lastSeen) || at.isBefore(lastSeen.minus(SET_BACK))) {
            lastSeen = at;
            lastCamera = camera;
            moved = true;
        }
    }

    /** Distance to the nearest face of the same model; infinite without one. */
    double distanceTo(FaceDescriptor descriptor) {
        double nearest = Double.POSITIVE_INFINITY;
        for (KeptFace face : faces) {
            nearest = Math.min(nearest, distance(face.descriptor, descriptor));
            nearest = Math.min(nearest, distance(face.later, descriptor));
        }
        return nearest;
    }

    /** Distance to the nearest of these of the same model; infinite without one. */
    static double distance(List<FaceDescriptor> faces, FaceDescriptor descriptor) {
        double nearest = Double.POSITIVE_INFINITY;
        for (FaceDescriptor face : faces) {
            nearest = Math.min(nearest, distance(face, descriptor));
        }
        return nearest;
    }

    private static double distance(FaceDescriptor one, FaceDescriptor other) {
        return one.model().equals(other.model()) && one.dimension() == other.dimension()
                ? one.distanceTo(other)
                : Double.POSITIVE_INFINITY;
    }

    GroupTable.Look look() {
        List<FaceDescriptor> all = new ArrayList<>();
        for (KeptFace face : faces) {
            all.add(face.descriptor);
            all.addAll(face.later);
        }
        return new GroupTable.Look(view(), List.copyOf(all));
    }

    Stranger stranger() {
        return new Stranger(id, ignored);
    }

    UnknownPerson view() {
        return new UnknownPerson(
                id, ignored, firstSeen, lastSeen, lastCamera, sightings, faces.size());
    }
}
