// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.analysis.Search;
import io.facegate.pipeline.internal.track.ClipTest;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference clip with faces followed between detections: the answers of frame by frame, at the
 * pace of fast and slow machines, from every first frame.
 */
class LiveClipTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int FRAMES = 275;
    private static final String KNOWN = "Lin-Manuel Miranda";

    private static final List<Frame> clip = new ArrayList<>();
    private static RealStages stages;

    @BeforeAll
    static void decode() throws Exception {
        stages = new RealStages();
        stages.gallery = ClipTest.enrolled();
        Process ffmpeg =
                ClipTest.decode(SharedData.file("photos/peer/examples/short_hamilton_clip.mp4"));
        try (InputStream pixels = ffmpeg.getInputStream()) {
            for (int i = 0; i < FRAMES; i++) {
                byte[] rgb = pixels.readNBytes(WIDTH * HEIGHT * 3);
                clip.add(Frame.rgb("clip", i, Fakes.at(i), WIDTH, HEIGHT, rgb));
            }
        }
    }

    @AfterAll
    static void close() {
        if (stages != null) {
            stages.close();
        }
    }

    private static LiveRun play(boolean tracking, int from, int step) {
        stages.tracking = tracking;
        return LiveRun.play(stages, Settings.DEFAULT, clip::get, new int[] {from, FRAMES, step});
    }

    @Test
    void theSamePeopleAreNamedWithLessWork() {
        LiveRun frameByFrame = play(false, 0, 1);
        LiveRun live = play(true, 0, 1);
        assertThat(live.named.keySet()).isEqualTo(frameByFrame.named.keySet());
        assertThat(live.named.get(KNOWN)).isLessThanOrEqualTo(frameByFrame.matched.get(KNOWN) + 5);
        assertThat(live.types()).containsExactly(Type.NEW, Type.NEW, Type.END, Type.END);
        assertThat(2 * live.searches(Search.FULL)).isLessThan(FRAMES);
        assertThat(4 * live.encodedFaces).isLessThan(frameByFrame.encodedFaces);
    }

    /** One frame of this many is worked on: 30 frames per second down to 4. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void slowerMachinesTellTheSame(int step) {
        for (int from = 0; from < step; from++) {
            LiveRun frameByFrame = play(false, from, step);
            LiveRun live = play(true, from, step);
            assertThat(live.named.keySet())
                    .as("every %d. frame from %d: %s", step, from, live.news)
                    .containsExactly(KNOWN, "");
            assertThat(live.named.get(KNOWN))
                    .isLessThanOrEqualTo(frameByFrame.matched.get(KNOWN) + 5 * step);
            assertThat(live.types()).doesNotContain(Type.UPDATE);
        }
    }
}
