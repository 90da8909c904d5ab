// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class LastFacesTest {
    @Test
    void theCropHasTheFaceAndWhatIsAroundIt() {
        Frame crop = LastFaces.crop(frame(40, 30), new Box(10, 10, 20, 20));
        assertThat(crop.width()).isEqualTo(22);
        assertThat(crop.height()).isEqualTo(22);
        assertThat(crop.pixels()[0]).as("column 4, row 4").isEqualTo((byte) (4 + 4 * 40));
    }

    @Test
    void theCropEndsAtTheEdgeOfTheFrame() {
        Frame crop = LastFaces.crop(frame(40, 30), new Box(30, 20, 60, 60));
        assertThat(crop.width()).isEqualTo(34);
        assertThat(crop.height()).isEqualTo(30);
        Frame outside = LastFaces.crop(frame(40, 30), new Box(200, 200, 210, 210));
        assertThat(outside.width()).isEqualTo(1);
    }

    private static Frame frame(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            pixels[3 * i] = (byte) i;
        }
        return Frame.rgb("front", 0, Instant.EPOCH, width, height, pixels);
    }
}
