// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFilterTest {
    @ParameterizedTest
    @CsvSource({
        "cmd/status, cmd/status, true",
        "cmd/+, cmd/status, true",
        "cmd/+, cmd/, true",
        "cmd/+, cmd, false",
        "cmd/+, cmd/a/b, false",
        "+/enabled/set, front/enabled/set, true",
        "+/enabled/set, front/enabled/state, false",
        "cmd/#, cmd/a/b, true",
        "cmd/#, cmd, true",
        "cmd/#, cmdx, false",
        "#, cmd/status, true"
    })
    void matchesAsTheBrokerDoes(String filter, String topic, boolean matches) {
        assertThat(TopicFilter.matches(filter, topic)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "cmd/+, true",
        "+, true",
        "#, true",
        "a/b/#, true",
        "'', false",
        "cmd+, false",
        "a/#/b, false",
        "a#, false",
        "a/++/b, false"
    })
    void refusesWhatABrokerEndsTheConnectionFor(String filter, boolean valid) {
        assertThat(TopicFilter.valid(filter)).isEqualTo(valid);
    }
}
