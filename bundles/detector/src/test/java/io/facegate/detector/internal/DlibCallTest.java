// SPDX-License-Identifier: Apache-2.0
package io.facegate.detector.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.status.StaleServiceException;
import io.facegate.dlib.Detection;
import io.facegate.dlib.DlibException;
import io.facegate.dlib.FaceChips;
import io.facegate.dlib.Point;
import io.facegate.dlib.Rectangle;
import io.facegate.dlib.call.DlibCall;
import io.facegate.model.loader.MemoryGuard;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

class DlibCallTest {
    private static final Frame FRAME =
            Frame.rgb("test", 0, Instant.EPOCH, 40, 30, new byte[3 * 40 * 30]);

    @Test
    void boxKeepsDlibsNumbersInsideThePicture() {
        assertThat(DlibCall.box(new Rectangle(1, 2, 39, 29), 40, 30))
                .contains(new Box(1, 2, 39, 29));
    }

    @Test
    void boxIsTrimmedToThePicture() {
        assertThat(DlibCall.box(new Rectangle(-5, -6, 40, 30), 40, 30))
                .contains(new Box(0, 0, 40, 30));
        assertThat(DlibCall.box(new Rectangle(10, 10, 99, 99), 40, 30))
                .contains(new Box(10, 10, 40, 30));
    }

    @Test
    void rectangleOutsideThePictureIsDropped() {
        assertThat(DlibCall.box(new Rectangle(-9, 0, 0, 20), 40, 30)).isEmpty();
        assertThat(DlibCall.box(new Rectangle(40, 0, 60, 20), 40, 30)).isEmpty();
        assertThat(
                        DlibCall.detect(
                                "hog",
                                FRAME,
                                image -> List.of(new Detection(new Rectangle(50, 0, 60, 9), 1, 0))))
                .isEmpty();
    }

    @Test
    void dlibsFailureKeepsItsWordsAndIsNotStale() {
        List<List<Point>> noFace = List.of(List.of(new Point(1, 1)));
        assertThatThrownBy(
                        () ->
                                DlibCall.detect(
                                        "hog",
                                        FRAME,
                                        image -> {
                                            FaceChips.extract(image, noFace);
                                            return List.of();
                                        }))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(DlibException.class)
                .hasMessageMatching("detector hog failed on Frame.*: .{10,}");
    }

    @Test
    void closedDetectorIsStale() {
        var detector = new HogDetector(1);
        detector.close();
        detector.close();
        assertThatThrownBy(() -> detector.detect(FRAME, DetectionOptions.LIVE))
                .isInstanceOf(StaleServiceException.class)
                .hasMessage("detector hog was closed");
    }

    @Test
    void pictureThatNeedsMoreMemoryThanThereIsIsRefused(@TempDir Path folder) throws Exception {
        Path meminfo = folder.resolve("meminfo");
        Files.writeString(meminfo, "MemTotal: 900 kB\nMemAvailable:  102400 kB\n");
        var guard = new MemoryGuard("cnn", 650, meminfo);
        Frame large = Frame.rgb("test", 0, Instant.EPOCH, 600, 400, new byte[3 * 600 * 400]);
        guard.check(FRAME, 2);
        assertThatThrownBy(() -> guard.check(large, 0))
                .hasMessageStartingWith("detector cnn needs about 148 MB for 600x400 pixels")
                .hasMessageContaining("100 MB are free")
                .hasMessageEndingWith("or hog");
        Files.writeString(meminfo, "MemAvailable:  204800 kB\n");
        guard.check(large, 0);
        Files.writeString(meminfo, "MemAvailable:  10 kB\n");
        guard.check(large, 0);
        Files.delete(meminfo);
        guard.check(large, 1);
    }
}
