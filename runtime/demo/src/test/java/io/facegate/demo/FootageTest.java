// SPDX-License-Identifier: Apache-2.0
package io.facegate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

class FootageTest {
    private static final Path PICTURES = Path.of("src/main/pictures");

    @Test
    void everyPictureOfTheScenesIsThereAndEveryPictureIsShown() throws Exception {
        Set<String> shown =
                Footage.scenes().stream()
                        .flatMap(s -> s.shots().stream())
                        .map(Shot::picture)
                        .collect(Collectors.toSet());
        try (var files = Files.list(PICTURES)) {
            assertThat(
                            files.map(f -> f.getFileName().toString())
                                    .filter(f -> f.endsWith(".jpg"))
                                    .collect(Collectors.toSet()))
                    .isEqualTo(shown);
        }
    }

    @Test
    void picturesMoveFromKeyToKey() {
        Shot shot = Shot.zoom("x", 100, 100, 200, 300);
        assertThat(shot.at(0).width()).isEqualTo(200);
        assertThat(shot.at(0.5).width()).isEqualTo(250);
        assertThat(shot.at(1).width()).isEqualTo(300);
        assertThat(Shot.passing("x", 320, 240, 300).at(0).x()).isEqualTo(-150);
        assertThat(Shot.passing("x", 320, 240, 300).at(1).x()).isGreaterThan(780);
    }

    @Test
    void footageHasTheLengthOfItsScenes() throws Exception {
        double seconds = Footage.scenes().stream().mapToDouble(Scene::seconds).sum();
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber("target/demo.mp4")) {
            grabber.start();
            assertThat(grabber.getImageWidth()).isEqualTo(Footage.WIDTH);
            assertThat(grabber.getLengthInTime() / 1e6)
                    .isCloseTo(seconds, org.assertj.core.data.Offset.offset(0.2));
        }
    }
}
