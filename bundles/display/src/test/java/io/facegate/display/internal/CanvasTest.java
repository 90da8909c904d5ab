// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

class CanvasTest {
    @Test
    void frameIsLetterboxedInTheMiddle() {
        Canvas canvas = new Canvas(480, 320);
        canvas.draw(Fakes.frame("front", 640, 480, 0x102030));
        // 640x480 on 320 rows is 427 wide: bars of 26 and 27 columns.
        assertThat(canvas.pixels()[100 * 480 + 25]).isZero();
        assertThat(canvas.pixels()[100 * 480 + 26]).isEqualTo(0x102030);
        assertThat(canvas.pixels()[100 * 480 + 452]).isEqualTo(0x102030);
        assertThat(canvas.pixels()[100 * 480 + 453]).isZero();
        canvas.draw(Fakes.frame("front", 2000, 100, 0x102030));
        assertThat(canvas.pixels()[0]).isZero();
        assertThat(canvas.pixels()[160 * 480]).isEqualTo(0x102030);
    }

    @Test
    void smallFrameFillsTheScreen() {
        Canvas canvas = new Canvas(480, 320);
        canvas.draw(Fakes.frame("front", 48, 32, 0x00ff00));
        assertThat(canvas.pixels()).containsOnly(0x00ff00);
    }

    @Test
    void everyPixelFormatKeepsItsColours() {
        byte[] padded = {1, 2, 3, 0, 0, 4, 5, 6, 0, 0};
        Canvas canvas = new Canvas(1, 2);
        canvas.draw(new Frame("f", 0, Instant.EPOCH, PixelFormat.BGR24, 1, 2, 5, padded));
        assertThat(canvas.pixels()).containsExactly(0x030201, 0x060504);
        canvas.draw(new Frame("f", 0, Instant.EPOCH, PixelFormat.RGB24, 1, 2, 5, padded));
        assertThat(canvas.pixels()).containsExactly(0x010203, 0x040506);
        canvas.draw(new Frame("f", 0, Instant.EPOCH, PixelFormat.GRAY8, 1, 2, 5, padded));
        assertThat(canvas.pixels()).containsExactly(0x010101, 0x040404);
    }

    @Test
    void boxesFollowTheScaling() {
        Canvas canvas = new Canvas(480, 320);
        Painter.paint(
                canvas,
                Fakes.result(
                        Fakes.frame("front", 960, 640, 0),
                        Fakes.alice(new Box(200, 100, 400, 300))),
                new Fakes.Writer());
        assertThat(canvas.pixels()[50 * 480 + 100]).isEqualTo(0x00ff00);
        assertThat(canvas.pixels()[149 * 480 + 199]).isEqualTo(0x00ff00);
        assertThat(canvas.pixels()[51 * 480 + 101]).isZero();
    }

    @Test
    void textFitsEveryScreen() {
        List<String> lines =
                List.of("waiting for camera front", "front: cannot open /dev/video0", "~é");
        for (int[] size : new int[][] {{480, 320}, {1920, 1080}, {128, 64}, {16, 16}, {1, 1}}) {
            Canvas canvas = new Canvas(size[0], size[1]);
            canvas.write(lines, 0xffffff);
            assertThat(Arrays.stream(canvas.pixels()).anyMatch(p -> p != 0))
                    .as(size[0] + "x" + size[1])
                    .isEqualTo(size[0] > 1);
        }
    }

    @Test
    void linesBreakAtSpacesAndLongWordsAnywhere() {
        assertThat(TextLines.wrap(List.of("one two three", "abcdefghij", ""), 7))
                .containsExactly("one two", "three", "abcdefg", "hij", "");
    }
}
