// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelKey;
import io.facegate.pipeline.internal.EncoderChange.Change;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.Set;

class EncoderChangeTest {
    private static final ModelKey OLD = new ModelKey("old", "a".repeat(64));
    private static final ModelKey NEW = new ModelKey("new", "b".repeat(64));

    private final EncoderChange encoders = new EncoderChange();

    @Test
    void theLongestGapAtTheChangeIsTold() {
        assertThat(finished(0, OLD)).isEmpty();
        assertThat(finished(500, OLD)).as("a gap before it").isEmpty();
        assertThat(finished(510)).isEmpty();
        assertThat(finished(550)).isEmpty();
        assertThat(finished(560, NEW)).contains(new Change(OLD, NEW, 40));
        assertThat(finished(570, NEW)).isEmpty();
        assertThat(finished(590, OLD)).as("and back").contains(new Change(NEW, OLD, 20));
    }

    @Test
    void ofAFrameWithFacesOfBothNothingIsConcluded() {
        finished(0, OLD);
        assertThat(finished(30, OLD, NEW)).isEmpty();
        assertThat(finished(40, NEW)).contains(new Change(OLD, NEW, 30));
    }

    private Optional<Change> finished(long millis, ModelKey... models) {
        return encoders.finished(Set.of(models), millis * 1_000_000);
    }
}
