// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.FrameResult;

import org.junit.jupiter.api.Test;

class LatestResultTest {
    private final FrameResult front = Fakes.result(Fakes.frame("front", 2, 2, 0));
    private final FrameResult yard = Fakes.result(Fakes.frame("yard", 2, 2, 0));

    @Test
    void newestResultReplacesWaitingOne() throws Exception {
        LatestResult latest = new LatestResult("");
        FrameResult newer = Fakes.result(Fakes.frame("front", 2, 2, 1));
        latest.offer(front, 0);
        latest.offer(newer, 1);
        assertThat(latest.take(1)).containsSame(newer);
        assertThat(latest.take(1)).isEmpty();
    }

    @Test
    void firstCameraStaysUntilItIsSilent() throws Exception {
        LatestResult latest = new LatestResult("");
        latest.offer(front, 0);
        latest.offer(yard, 1);
        assertThat(latest.take(1)).containsSame(front);
        latest.offer(yard, LatestResult.SILENCE_NANOS + 1);
        assertThat(latest.take(1)).containsSame(yard);
        latest.offer(front, LatestResult.SILENCE_NANOS + 2);
        assertThat(latest.take(1)).isEmpty();
    }

    @Test
    void wantedCameraIsTheOnlyOne() throws Exception {
        LatestResult latest = new LatestResult("yard");
        latest.offer(front, 0);
        assertThat(latest.take(1)).isEmpty();
        latest.offer(yard, 1);
        assertThat(latest.take(1)).containsSame(yard);
        assertThat(latest.isSilent(2)).isFalse();
        assertThat(latest.isSilent(LatestResult.SILENCE_NANOS + 2)).isTrue();
        latest.offer(front, LatestResult.SILENCE_NANOS + 3);
        assertThat(latest.take(1)).isEmpty();
    }
}
