// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.testing.Rooms;

import org.junit.jupiter.api.Test;

class RoomsTest {
    @Test
    void everyRoomUsesOnlyThoseBeforeIt() {
        Rooms.of("io.facegate.mqtt.internal")
                .assertOrder(
                        "link",
                        "message",
                        "delivery",
                        "gateway",
                        "discovery",
                        "state",
                        "report",
                        "");
    }
}
