// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.Area;
import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.pipeline.internal.analysis.Fakes;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

/** A grey room, with noise, in which a lighter square may be. */
class MotionGridTest {
    private static final Box SQUARE = new Box(200, 100, 280, 180);
    private static final FrameAreas ALL = areas(WatchedAreas.EVERYWHERE);

    private static FrameAreas areas(WatchedAreas areas) {
        return FrameAreas.of(
                areas, Frame.rgb("a", 0, Fakes.START, 640, 360, new byte[3 * 640 * 360]));
    }

    private static MotionGrid grid(double brightness, double noise, Box... squares) {
        int width = 640;
        int height = 360;
        byte[] rgb = new byte[3 * width * height];
        Random random = new Random(rgb.length + squares.length);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double value = brightness + noise * random.nextGaussian();
                for (Box box : squares) {
                    boolean inside =
                            x >= box.left()
                                    && x < box.right()
                                    && y >= box.top()
                                    && y < box.bottom();
                    value += inside ? 30 : 0;
                }
                for (int c = 0; c < 3; c++) {
                    rgb[3 * (y * width + x) + c] = (byte) Math.max(0, Math.min(255, value));
                }
            }
        }
        return MotionGrid.of(Frame.rgb("a", 0, Fakes.START, width, height, rgb));
    }

    @Test
    void noiseIsNoMotion() {
        MotionGrid now = grid(60, 12, new Box(0, 0, 1, 1));
        assertThat(now.changedOutside(grid(60, 12), List.of(), ALL)).isFalse();
        assertThat(now.changed(grid(60, 12))).isZero();
    }

    @Test
    void somethingNewIsMotionUnlessItIsKnownToBeThere() {
        MotionGrid before = grid(60, 3);
        MotionGrid now = grid(60, 3, SQUARE);
        assertThat(now.changedOutside(before, List.of(), ALL)).isTrue();
        assertThat(now.changedOutside(before, List.of(new Box(150, 50, 330, 230)), ALL)).isFalse();
        assertThat(now.changedOutside(before, List.of(new Box(400, 50, 600, 230)), ALL)).isTrue();
    }

    @Test
    void whatMovesBehindAMaskIsNoMotion() {
        MotionGrid before = grid(60, 3);
        MotionGrid now = grid(60, 3, SQUARE);
        Area left = Area.parse("0,0 0.5,0 0.5,1 0,1");
        Area right = Area.parse("0.5,0 1,0 1,1 0.5,1");
        FrameAreas leftMasked = areas(new WatchedAreas(List.of(), List.of(left)));
        FrameAreas rightMasked = areas(new WatchedAreas(List.of(), List.of(right)));
        assertThat(now.changedOutside(before, List.of(), leftMasked)).isFalse();
        assertThat(now.changedOutside(before, List.of(), rightMasked)).isTrue();
    }

    @Test
    void aCameraThatAdaptsToTheLightSeesNoMotion() {
        assertThat(grid(90, 3, SQUARE).changedOutside(grid(70, 3, SQUARE), List.of(), ALL))
                .isFalse();
    }

    @Test
    void aSceneCutChangesMostOfTheFrame() {
        Box[] stripes = new Box[8];
        Box[] others = new Box[8];
        for (int i = 0; i < 8; i++) {
            stripes[i] = new Box(80 * i, 0, 80 * i + 40, 360);
            others[i] = new Box(80 * i + 40, 0, 80 * i + 80, 360);
        }
        assertThat(grid(60, 3, stripes).changed(grid(60, 3, others))).isGreaterThan(0.7);
        assertThat(grid(60, 3, SQUARE).changed(grid(60, 3))).isLessThan(0.1);
    }

    @Test
    void anotherSizeIsAnotherScene() {
        MotionGrid small = MotionGrid.of(Fakes.frame("a", 0, Fakes.START));
        assertThat(small.changed(grid(60, 3))).isEqualTo(1);
        assertThat(small.changedOutside(grid(60, 3), List.of(), ALL)).isTrue();
    }
}
