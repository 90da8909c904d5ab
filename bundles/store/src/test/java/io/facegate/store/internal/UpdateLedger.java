// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelChoice.Choice;
import io.facegate.api.model.ModelKey;
import io.facegate.api.store.KeptFace.Owner;
import io.facegate.store.internal.Progress.InFlight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must be there according to the lines of an {@code UpdatingProcess}: all that was
 * acknowledged, and what was in flight whole or not at all.
 */
final class UpdateLedger {
    private static final Set<String> CHOICES = Set.of("use", "back", "forget");

    private final Map<String, Set<Long>> faces = new TreeMap<>();
    private final List<Long> added = new ArrayList<>();
    private final Set<Long> rejected = new TreeSet<>();
    private final Set<Long> unknown = new TreeSet<>();
    private Optional<String> inUse;
    private Optional<String> previous = Optional.empty();

    /** Acknowledged encodings: model and table, ids of faces. */
    private final Map<String, Map<FaceTable, Set<Long>>> encoded = new HashMap<>();

    /** After how many faces somebody looked and found everybody encoded with a model. */
    private final Map<String, Integer> swept = new HashMap<>();

    private int addedBefore;
    private String change = "";
    private String chosen = "";
    private final Map<String, Integer> acknowledged = new TreeMap<>();

    UpdateLedger(Map<String, Set<Long>> faces, String inUse) {
        this.inUse = Optional.of(inUse);
        faces.forEach((name, seeds) -> this.faces.put(name, new TreeSet<>(seeds)));
    }

    private UpdateLedger(UpdateLedger other) {
        this(other.faces, "");
        added.addAll(other.added);
        rejected.addAll(other.rejected);
        unknown.addAll(other.unknown);
        inUse = other.inUse;
        previous = other.previous;
        other.encoded.forEach(
                (model, tables) ->
                        tables.forEach(
                                (table, ids) -> encoded(model, table).addAll(new HashSet<>(ids))));
        swept.putAll(other.swept);
        addedBefore = other.addedBefore;
        change = other.change;
        chosen = other.chosen;
        acknowledged.putAll(other.acknowledged);
    }

    /** The same, to go on from it another way. */
    UpdateLedger copy() {
        return new UpdateLedger(this);
    }

    /** Another process begins. */
    void begin() {
        addedBefore = added.size();
        change = "";
        chosen = "";
    }

    void read(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "?" -> {
                if (CHOICES.contains(words[1])) {
                    assertThat(chosen).isEmpty();
                    chosen = line;
                } else {
                    assertThat(change).isEmpty();
                    change = line;
                }
            }
            case "done" -> done(words[1]);
            case "refused" -> change = "";
            case "encoded" -> {
                for (String id : words[3].split(",")) {
                    encoded(words[1], FaceTable.of(Owner.valueOf(words[2])))
                            .add(Long.parseLong(id));
                }
                count("batches");
            }
            case "swept" -> swept.put(words[1], addedBefore + Integer.parseInt(words[2]));
            case "frames" -> acknowledged.merge("frames", Integer.parseInt(words[1]), Integer::sum);
            default -> throw new AssertionError(line);
        }
    }

    private void done(String what) {
        if (CHOICES.contains(what)) {
            choose();
        } else {
            change();
        }
        count(what);
    }

    private void count(String what) {
        acknowledged.merge(what, 1, Integer::sum);
    }

    private Set<Long> encoded(String model, FaceTable table) {
        return encoded.computeIfAbsent(model, m -> new HashMap<>())
                .computeIfAbsent(table, t -> new TreeSet<>());
    }

    /** What was about to be chosen is. */
    private void choose() {
        String[] words = chosen.split(" ");
        Optional<String> before = inUse;
        switch (words[1]) {
            case "use" -> {
                if (!inUse.equals(Optional.of(words[2]))) {
                    inUse = Optional.of(words[2]);
                    previous = before;
                }
            }
            case "back" -> {
                if (previous.isPresent()) {
                    inUse = previous;
                    previous = before;
                }
            }
            default -> previous = previous.filter(model -> !model.equals(words[2]));
        }
        chosen = "";
    }

    /** What was about to be changed is. */
    private void change() {
        String[] words = change.split(" ", 4);
        switch (words[1]) {
            case "add" -> {
                long seed = Long.parseLong(words[2]);
                faces.computeIfAbsent(words[3], name -> new TreeSet<>()).add(seed);
                added.add(seed);
            }
            case "delete" -> faces.remove(change.substring("? delete ".length()));
            case "unknown" -> unknown.add(Long.parseLong(words[2]));
            case "reject" -> rejected.add(Long.parseLong(words[2]));
            case "clear" -> {
                encoded.remove(words[2]);
                swept.remove(words[2]);
            }
            default -> throw new AssertionError(change);
        }
        change = "";
    }

    /** Fails unless all is there; goes on with what is. */
    List<InFlight> check(UpdateAudit found) {
        List<InFlight> result = new ArrayList<>();
        result.add(settleChoice(found));
        result.add(settleChange(found));
        assertEncoded(found);
        return result;
    }

    private InFlight settleChoice(UpdateAudit found) {
        if (!chosen.isEmpty()) {
            Optional<String> before = inUse;
            Optional<String> beforeIt = previous;
            choose();
            if (isChosen(found.choice())) {
                return InFlight.KEPT;
            }
            inUse = before;
            previous = beforeIt;
            assertChosen(found.choice());
            return InFlight.LOST;
        }
        assertChosen(found.choice());
        return InFlight.NONE;
    }

    private boolean isChosen(Choice choice) {
        return choice.inUse().map(ModelKey::id).equals(inUse)
                && choice.previous().map(ModelKey::id).equals(previous);
    }

    private void assertChosen(Choice choice) {
        assertThat(isChosen(choice))
                .as("%s in use, %s before it; found %s", inUse, previous, choice)
                .isTrue();
    }

    private InFlight settleChange(UpdateAudit found) {
        if (change.isEmpty()) {
            assertThat(isKept(found)).as(() -> "expected " + faces + ", found " + found).isTrue();
            return InFlight.NONE;
        }
        UpdateLedger after = copy();
        after.change();
        boolean clearing = change.startsWith("? clear ");
        if (clearing ? isCleared(found, change.split(" ")[2]) : after.isKept(found)) {
            change();
            assertThat(isKept(found)).as(() -> "expected " + faces + ", found " + found).isTrue();
            return InFlight.KEPT;
        }
        assertThat(isKept(found))
                .as(() -> "in flight " + change + ", expected " + faces + ", found " + found)
                .isTrue();
        change = "";
        return InFlight.LOST;
    }

    /**
     * Whether a model's encodings were cleared: what was the only one of its face stays, and may
     * have got one of another model beside it before the end.
     */
    private boolean isCleared(UpdateAudit found, String model) {
        return found.later().getOrDefault(model, 0) == 0
                && (found.besideOthers(model) == 0 || lacksAny(found, model));
    }

    /** Whether a face that is there has lost an acknowledged encoding. */
    private boolean lacksAny(UpdateAudit found, String model) {
        return encoded.getOrDefault(model, Map.of()).entrySet().stream()
                .anyMatch(
                        table ->
                                table.getValue().stream()
                                        .map(found.models().get(table.getKey())::get)
                                        .anyMatch(m -> m != null && !m.contains(model)));
    }

    private boolean isKept(UpdateAudit found) {
        return found.faces().equals(faces)
                && found.rejected().equals(rejected)
                && found.unknown().equals(unknown);
    }

    /** Acknowledged encodings are there, and whoever was there when somebody looked has one. */
    private void assertEncoded(UpdateAudit found) {
        encoded.forEach(
                (model, tables) ->
                        tables.forEach(
                                (table, ids) ->
                                        ids.forEach(
                                                id -> assertHas(found, table, id, model, true))));
        swept.forEach(
                (model, count) ->
                        added.subList(0, count)
                                .forEach(
                                        seed -> {
                                            Long id = found.ids().get(seed);
                                            if (id != null) {
                                                assertHas(
                                                        found,
                                                        FaceTable.ENCODINGS,
                                                        id,
                                                        model,
                                                        false);
                                            }
                                        }));
    }

    private static void assertHas(
            UpdateAudit found, FaceTable table, long id, String model, boolean orGone) {
        Set<String> models = found.models().get(table).get(id);
        if (models == null && orGone) {
            return;
        }
        assertThat(models).as("face %d of %s", id, table).contains(model);
    }

    /** Whether every face can be told with the encoder in use. */
    void assertComplete(UpdateAudit found) {
        found.models()
                .forEach(
                        (table, all) ->
                                all.forEach(
                                        (id, models) ->
                                                assertThat(models)
                                                        .as("face %d of %s", id, table)
                                                        .contains(inUse.orElseThrow())));
    }

    /** Whether people who stay can be told with the encoder in use. */
    void assertTold(UpdateAudit found, Set<Long> seeds) {
        for (long seed : seeds) {
            assertHas(
                    found, FaceTable.ENCODINGS, found.ids().get(seed), inUse.orElseThrow(), false);
        }
    }

    /** How often what was acknowledged. */
    Map<String, Integer> acknowledged() {
        return acknowledged;
    }
}
