// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;

import org.junit.jupiter.api.Test;

import java.util.List;

class LastingProblemsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Condition OPENING =
            new Condition("camera/front", Level.DEGRADED, "is being opened");

    private final LastingProblems problems = new LastingProblems();

    @Test
    void whatFailedIsToldAtOnce() {
        Condition lost = new Condition("camera/front", Level.FAILED, "lost");
        assertThat(problems.of(List.of(lost), 0)).containsExactly(lost);
    }

    @Test
    void whatWorksLessWellIsToldWhenItLasts() {
        assertThat(problems.of(List.of(OPENING), 0)).isEmpty();
        assertThat(problems.of(List.of(OPENING), 9 * SECOND)).isEmpty();
        assertThat(problems.of(List.of(OPENING), 10 * SECOND)).containsExactly(OPENING);
    }

    @Test
    void whatWasWellInBetweenIsNew() {
        problems.of(List.of(OPENING), 0);
        problems.of(List.of(new Condition("camera/front", Level.OK, "online")), 9 * SECOND);
        assertThat(problems.of(List.of(OPENING), 12 * SECOND)).isEmpty();
    }
}
