// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.Label;
import io.facegate.api.recognition.Match;

import org.junit.jupiter.api.Test;

class LivePicturesTest {
    private final Frame small = Fakes.frame("front", 0, 640, 480);

    @Test
    void boxesFollowTheScaling() {
        Label label =
                LivePictures.label(
                        Fakes.face(new Box(200, 100, 1920, 1440), Fakes.match("Alice", 0.4149)),
                        1 / 3.0,
                        small);
        assertThat(label.box()).isEqualTo(new Box(66, 33, 640, 480));
        assertThat(label.text()).isEqualTo("Alice 0.41");
        assertThat(label.known()).isTrue();
    }

    @Test
    void tinyFaceKeepsABox() {
        Label label =
                LivePictures.label(
                        Fakes.face(new Box(6399, 4799, 6400, 4800), Fakes.stranger(0.7)),
                        0.1,
                        small);
        assertThat(label.box()).isEqualTo(new Box(639, 479, 640, 480));
        assertThat(label.text()).isEqualTo("unknown 0.70");
        assertThat(label.known()).isFalse();
    }

    @Test
    void emptyGalleryGivesNoDistance() {
        assertThat(LivePictures.label(Fakes.face(new Box(0, 0, 9, 9), Match.NONE), 1, small).text())
                .isEqualTo("unknown");
    }
}
