// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.StoredEncoding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Counter-examples in memory. */
public final class FakeCounterExamples implements CounterExamples {
    private final List<StoredEncoding> kept = new ArrayList<>();
    private long next = 1;

    @Override
    public List<StoredEncoding> counterExamples(UUID person) {
        return kept.stream().filter(e -> e.personId().equals(person)).toList();
    }

    @Override
    public Optional<FaceChip> counterChip(long id) {
        return Optional.empty();
    }

    @Override
    public StoredEncoding reject(UUID person, NewEncoding face) {
        StoredEncoding example =
                new StoredEncoding(
                        next++,
                        person,
                        face.descriptor(),
                        face.source(),
                        "",
                        face.chip().isPresent(),
                        FakeStore.ADDED);
        kept.add(example);
        return example;
    }

    @Override
    public int removeCounterExamples(Collection<Long> ids) {
        int before = kept.size();
        kept.removeIf(e -> ids.contains(e.id()));
        return before - kept.size();
    }
}
