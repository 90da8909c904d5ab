// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PixelAspectTest {
    @Test
    void aRatioOrWhatTheVideoSays() {
        assertThat(PixelAspect.parse(" 2:1 ")).isEqualTo(new PixelAspect(2, 1));
        assertThat(PixelAspect.parse("16:11").ratio()).isEqualTo(16 / 11.0);
        assertThat(PixelAspect.parse("Auto")).isEqualTo(PixelAspect.AUTO);
        assertThat(PixelAspect.AUTO.isAuto()).isTrue();
        assertThat(PixelAspect.AUTO.ratio()).isEqualTo(1);
        assertThat(PixelAspect.parse("1:4")).hasToString("1:4");
        assertThat(PixelAspect.AUTO).hasToString("auto");
    }

    @Test
    void nothingElse() {
        for (String text :
                new String[] {"", "2", "2/1", "0:1", "1:0", "-2:1", "5:1", "1:5", "a:b"}) {
            assertThatThrownBy(() -> PixelAspect.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the aspect of a pixel is ");
        }
    }
}
