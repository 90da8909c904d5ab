// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class WatchedAreasTest {
    private static final Area DOOR = Area.parse("door: 0.1,0.1 0.5,0.1 0.5,0.9 0.1,0.9");
    private static final Area GATE = Area.parse("gate: 0.4,0 1,0 1,1 0.4,1");
    private static final Area SCREEN = Area.parse("0.2,0.2 0.3,0.2 0.3,0.3");

    @Test
    void aTextIsReadAndWritten() {
        assertThat(DOOR.name()).isEqualTo("door");
        assertThat(DOOR.corners()).hasSize(4);
        assertThat(DOOR.corners().get(2)).isEqualTo(new RelativePoint(0.5, 0.9));
        assertThat(Area.parse(DOOR.text())).isEqualTo(DOOR);
        assertThat(Area.parse(SCREEN.text())).isEqualTo(SCREEN);
        assertThat(SCREEN.name()).isEmpty();
    }

    @Test
    void aPolygonThatIsNotConvexHoldsWhatIsInsideOnly() {
        Area u = Area.parse("u: 0,0 0.2,0 0.2,0.8 0.8,0.8 0.8,0 1,0 1,1 0,1");
        assertThat(u.contains(0.1, 0.5)).isTrue();
        assertThat(u.contains(0.5, 0.5)).isFalse();
        assertThat(u.contains(0.5, 0.9)).isTrue();
    }

    @Test
    void withoutZonesEverythingButTheMasksIsWatched() {
        WatchedAreas areas = new WatchedAreas(List.of(), List.of(SCREEN));
        assertThat(areas.watches(0.9, 0.9)).isTrue();
        assertThat(areas.watches(0.28, 0.22)).isFalse();
        assertThat(areas.zoneAt(0.9, 0.9)).isEmpty();
        assertThat(WatchedAreas.EVERYWHERE.watches(0.28, 0.22)).isTrue();
    }

    @Test
    void withZonesOnlyTheyAreWatchedAndTheFirstIsTold() {
        WatchedAreas areas = new WatchedAreas(List.of(DOOR, GATE), List.of(SCREEN));
        assertThat(areas.watches(0.28, 0.22)).isFalse();
        assertThat(areas.watches(0.05, 0.5)).isFalse();
        assertThat(areas.watches(0.45, 0.5)).isTrue();
        assertThat(areas.zoneAt(0.45, 0.5)).contains("door");
        assertThat(areas.zoneAt(0.9, 0.5)).contains("gate");
    }

    @Test
    void aTextThatIsNoneIsRefusedWithTheReason() {
        assertThatThrownBy(() -> Area.parse("door: 0.1,0.1 0.5,0.1"))
                .hasMessageContaining("3 to 100 corners, not 2");
        assertThatThrownBy(() -> Area.parse("door: 0.1,0.1 0.5;0.1 1,1"))
                .hasMessageContaining("\"0.5;0.1\" is no corner");
        assertThatThrownBy(() -> Area.parse("door: 10,0.1 0.5,0.1 1,1"))
                .hasMessageContaining("outside the picture");
        assertThatThrownBy(() -> Area.parse("door: NaN,0.1 0.5,0.1 1,1"))
                .hasMessageContaining("outside the picture");
        assertThatThrownBy(() -> new WatchedAreas(List.of(SCREEN), List.of()))
                .hasMessageContaining("no name");
        assertThatThrownBy(() -> new WatchedAreas(List.of(DOOR, DOOR), List.of()))
                .hasMessageContaining("same name");
    }
}
