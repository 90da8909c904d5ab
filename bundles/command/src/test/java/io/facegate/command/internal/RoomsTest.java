// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import io.facegate.testing.Rooms;

import org.junit.jupiter.api.Test;

class RoomsTest {
    @Test
    void everyRoomUsesOnlyThoseBeforeIt() {
        Rooms.of("io.facegate.command.internal")
                .assertOrder(
                        "session",
                        "enrol",
                        "guided",
                        "people",
                        "exchange",
                        "recognize",
                        "unknown",
                        "quality",
                        "gateway",
                        "configuration",
                        "doctor",
                        "signing",
                        "");
    }
}
