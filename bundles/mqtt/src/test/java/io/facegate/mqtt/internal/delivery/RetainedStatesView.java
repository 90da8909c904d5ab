// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

/** What tests of other rooms see of the retained states. */
public final class RetainedStatesView {
    private RetainedStatesView() {}

    /** What a topic should stand at. */
    public static String get(RetainedStates states, String topic) {
        return states.get(topic);
    }

    /** Whether a topic is to be sent. */
    public static boolean isUnsent(RetainedStates states, String topic) {
        return states.unsent().stream().anyMatch(state -> state.topic().equals(topic));
    }

    /** The broker acknowledges everything. */
    public static void allSent(RetainedStates states) {
        states.unsent().forEach(states::sent);
    }
}
