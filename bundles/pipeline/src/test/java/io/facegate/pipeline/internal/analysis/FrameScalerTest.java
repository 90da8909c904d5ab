// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;

import org.junit.jupiter.api.Test;

class FrameScalerTest {
    @Test
    void pixelIsTheMeanOfThoseItCovers() {
        byte[] pixels = {10, 20, 30, 40, 99, 10, 40, 30, 0, 99, -1, -1, 1, 2, 99, -1, -1, 3, 6, 99};
        Frame frame = new Frame("f", 7, Fakes.START, PixelFormat.GRAY8, 4, 4, 5, pixels);
        Frame small = FrameScaler.narrow(frame, 2);
        assertThat(small.height()).isEqualTo(2);
        assertThat(small.pixels()).containsExactly(20, 25, -1, 3);
        assertThat(small.sequence()).isEqualTo(7);
    }

    @Test
    void coloursStayApart() {
        byte[] pixels = {1, 2, 3, 3, 4, 5};
        Frame frame = Frame.rgb("f", 0, Fakes.START, 2, 1, pixels);
        assertThat(FrameScaler.narrow(frame, 1).pixels()).containsExactly(2, 3, 4);
    }

    @Test
    void frameNarrowEnoughIsLeftAsItIs() {
        Frame frame = Fakes.frame("f", 0, Fakes.START);
        assertThat(FrameScaler.narrow(frame, 8)).isSameAs(frame);
        assertThat(FrameScaler.narrow(frame, 0)).isSameAs(frame);
    }
}
