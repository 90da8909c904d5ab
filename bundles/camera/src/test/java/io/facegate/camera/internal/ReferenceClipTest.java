// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.frame.Frame;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

class ReferenceClipTest {
    private final FrameSources sources = new FrameSources("");

    @AfterEach
    void stop() {
        sources.stop();
    }

    @Test
    void clipDecodesToTheReferencePixels() throws Exception {
        Path shared = SharedData.file("");
        JsonArray expected =
                SharedData.json(shared.resolve("golden/video_hog0_s1.0_k1.json"))
                        .getAsJsonArray("frames");
        Path clip = shared.resolve("photos/peer/examples/short_hamilton_clip.mp4");
        int identical = 0;
        int frames = 0;
        try (FrameSource source = sources.open(clip.toString(), "clip")) {
            assertThat(source.frameCount()).isEqualTo(275);
            assertThat(source.framesPerSecond()).isBetween(29.9, 30.0);
            for (Optional<Frame> f = source.next(); f.isPresent(); f = source.next()) {
                Frame frame = f.get();
                assertThat(frame.sequence()).isEqualTo(frames);
                assertThat(frame.width()).isEqualTo(640);
                assertThat(frame.height()).isEqualTo(360);
                String sha =
                        HexFormat.of()
                                .formatHex(
                                        MessageDigest.getInstance("SHA-256")
                                                .digest(frame.pixels()));
                String golden =
                        expected.get(frames).getAsJsonObject().get("rgb_sha256").getAsString();
                identical += sha.equals(golden) ? 1 : 0;
                frames++;
            }
            assertThat(source.positionMillis()).isBetween(9000L, 9300L);
        }
        assertThat(frames).isEqualTo(275);
        assertThat(identical).isEqualTo(275);
    }
}
