// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.testing.Rooms;

import org.junit.jupiter.api.Test;

class RoomsTest {
    @Test
    void everyRoomUsesOnlyThoseBeforeIt() {
        Rooms.of("io.facegate.pipeline.internal").assertOrder("analysis", "enrolment", "track", "");
    }
}
