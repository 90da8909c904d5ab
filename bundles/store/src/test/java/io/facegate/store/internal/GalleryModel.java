// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What a store must hold after operations, computed without a store. */
final class GalleryModel {
    /** A face and its place in the order of adding. */
    private record Kept(long order, Face face) {}

    private final Map<String, List<Kept>> people = new TreeMap<>();

    /** Of people as they were met; who was not read yet is missing. */
    private final Map<String, UUID> ids = new HashMap<>();

    /** Faces that are not the people, of those who have some. */
    private final Map<String, List<Kept>> rejected = new TreeMap<>();

    private final Map<String, List<Face>> unknown = new TreeMap<>();
    private final Set<String> ignored = new TreeSet<>();
    private long next;

    GalleryModel after(StoreOperation operation) {
        GalleryModel model = new GalleryModel();
        people.forEach((name, kept) -> model.people.put(name, new ArrayList<>(kept)));
        model.ids.putAll(ids);
        rejected.forEach((name, kept) -> model.rejected.put(name, new ArrayList<>(kept)));
        unknown.forEach((id, faces) -> model.unknown.put(id, new ArrayList<>(faces)));
        model.ignored.addAll(ignored);
        model.next = next;
        model.apply(operation);
        return model;
    }

    private void apply(StoreOperation operation) {
        List<String> names = operation.names();
        switch (operation.kind()) {
            case ADD -> add(names.get(0), operation.faces(0), true);
            case ADD_ALL -> {
                for (int i = 0; i < names.size(); i++) {
                    add(names.get(i), operation.faces(i), false);
                }
            }
            case RESTORE_REPLACE -> {
                people.clear();
                ids.clear();
                rejected.clear();
                unknown.clear();
                ignored.clear();
                add(names.get(0), operation.faces(0), false);
            }
            case RESTORE_MERGE -> add(names.get(0), operation.faces(0), false);
            case RENAME -> rename(names.get(0), names.get(1));
            case DELETE -> names.forEach(this::delete);
            case DELETE_SOURCE -> {
                if (deleteSource(names.get(0), operation.source())) {
                    delete(names.get(0));
                }
            }
            case REPLACE -> {
                deleteSource(names.get(0), operation.source());
                add(names.get(0), operation.faces(0), true);
            }
            case SEE_UNKNOWN ->
                    unknown.computeIfAbsent(names.get(0), id -> new ArrayList<>())
                            .addAll(operation.faces(0));
            case IGNORE_UNKNOWN -> ignore(names.get(0), operation.count() > 0);
            case NAME_UNKNOWN -> {
                for (String id : names.subList(1, names.size())) {
                    add(names.get(0), unknown.get(id), false);
                    forget(id);
                }
            }
            case FORGET_UNKNOWN -> names.forEach(this::forget);
            case REJECT -> {
                List<Kept> kept = rejected.computeIfAbsent(names.get(0), n -> new ArrayList<>());
                Face face = operation.faces(0).get(0);
                if (kept.stream().noneMatch(k -> k.face.seed() == face.seed())) {
                    kept.add(new Kept(next++, face));
                }
            }
            case FORGIVE -> rejected.remove(names.get(0));
            case BACKUP, CHANGE_KEY -> {
                // the same people after it
            }
        }
    }

    private void ignore(String id, boolean yes) {
        if (yes) {
            ignored.add(id);
        } else {
            ignored.remove(id);
        }
    }

    private void forget(String id) {
        unknown.remove(id);
        ignored.remove(id);
    }

    private void add(String name, List<Face> faces, boolean twins) {
        List<Kept> kept = people.computeIfAbsent(name, n -> new ArrayList<>());
        for (Face face : faces) {
            if (twins || kept.stream().noneMatch(k -> k.face.seed() == face.seed())) {
                kept.add(new Kept(next++, face));
            }
        }
    }

    private void rename(String from, String to) {
        if (from.equals(to)) {
            return;
        }
        if (rejected.containsKey(from)) {
            List<Kept> moved = rejected.computeIfAbsent(to, n -> new ArrayList<>());
            moved.addAll(rejected.remove(from));
            moved.sort(Comparator.comparingLong(Kept::order));
        }
        List<Kept> kept = people.remove(from);
        UUID id = ids.remove(from);
        List<Kept> there = people.get(to);
        if (there != null) {
            there.addAll(kept);
            there.sort(Comparator.comparingLong(Kept::order));
        } else {
            people.put(to, kept);
            if (id != null) {
                ids.put(to, id);
            }
        }
    }

    private void delete(String name) {
        people.remove(name);
        ids.remove(name);
        rejected.remove(name);
    }

    /** Whether none are left of some. */
    private boolean deleteSource(String name, String source) {
        List<Kept> kept = people.get(name);
        return kept.removeIf(k -> k.face.source().equals(source)) && kept.isEmpty();
    }

    /** Whether a store holds just this; if so, the ids of people are those from now on. */
    boolean agreesWith(StoreAudit audit) {
        Map<String, List<Face>> expected = new TreeMap<>();
        people.forEach((name, kept) -> expected.put(name, kept.stream().map(Kept::face).toList()));
        Map<String, List<Face>> not = new TreeMap<>();
        rejected.forEach((name, kept) -> not.put(name, kept.stream().map(Kept::face).toList()));
        boolean agrees =
                expected.equals(audit.faces())
                        && not.equals(audit.rejected())
                        && unknown.equals(audit.unknown())
                        && ignored.equals(audit.ignored())
                        && ids.entrySet().stream()
                                .allMatch(e -> e.getValue().equals(audit.ids().get(e.getKey())));
        if (agrees) {
            ids.putAll(audit.ids());
        }
        return agrees;
    }

    @Override
    public String toString() {
        return ids
                + " "
                + people
                + " not "
                + rejected
                + " unknown "
                + unknown
                + " ignored "
                + ignored;
    }
}
