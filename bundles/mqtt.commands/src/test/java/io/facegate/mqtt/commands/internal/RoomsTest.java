// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import io.facegate.testing.Rooms;

import org.junit.jupiter.api.Test;

class RoomsTest {
    @Test
    void everyRoomUsesOnlyThoseBeforeIt() {
        Rooms.of("io.facegate.mqtt.commands.internal")
                .assertOrder("request", "part", "right", "people", "gateway", "home", "");
    }
}
