// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a store must hold after operations, computed without a store. */
final class GalleryModel {
    /** A face and its place in the order of adding. */
    private record Kept(long order, Face face) {}

    private final Map<String, List<Kept>> people = new TreeMap<>();

    /** Of people as they were met; who was not read yet is missing. */
    private final Map<String, UUID> ids = new HashMap<>();

    private long next;

    GalleryModel after(StoreOperation operation) {
        GalleryModel model = new GalleryModel();
        people.forEach((name, kept) -> model.people.put(name, new ArrayList<>(kept)));
        model.ids.putAll(ids);
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
            case RENAME -> rename(names.get(0), names.get(1));
            case DELETE -> names.forEach(this::delete);
            case DELETE_SOURCE -> deleteSource(names.get(0), operation.source());
        }
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
    }

    private void deleteSource(String name, String source) {
        List<Kept> kept = people.get(name);
        if (kept.removeIf(k -> k.face.source().equals(source)) && kept.isEmpty()) {
            delete(name);
        }
    }

    /** Whether a store holds just this; if so, the ids of people are those from now on. */
    boolean agreesWith(StoreAudit audit) {
        Map<String, List<Face>> expected = new TreeMap<>();
        people.forEach((name, kept) -> expected.put(name, kept.stream().map(Kept::face).toList()));
        boolean agrees =
                expected.equals(audit.faces())
                        && ids.entrySet().stream()
                                .allMatch(e -> e.getValue().equals(audit.ids().get(e.getKey())));
        if (agrees) {
            ids.putAll(audit.ids());
        }
        return agrees;
    }

    @Override
    public String toString() {
        return ids + " " + people;
    }
}
