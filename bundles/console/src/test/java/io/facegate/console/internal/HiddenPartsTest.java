// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenPartsTest {
    @ParameterizedTest
    @CsvSource({
        "rtsp://me:s3cret@cam/x, rtsp://***@cam/x",
        "rtsp://me:s3/cr#e@t@cam/x, rtsp://***@cam/x",
        "rtsp://cam/user=me_password=s3cret_channel=1.sdp, rtsp://cam/user=me_password=***",
        "http://me:s3cret@cam/snap.jpg?usr=a&pwd=s3cret, http://***@cam/snap.jpg?usr=a&pwd=***",
        "http://cam/?pwd=s3@cret, http://***@cret",
        "tcp://token@broker:1883, tcp://***@broker:1883"
    })
    void whatIsHiddenComesBack(String url, String shown) {
        HiddenParts parts = HiddenParts.of(url);
        assertThat(parts.shown()).isEqualTo(shown);
        assertThat(parts.toString()).isEqualTo(shown);
        assertThat(parts.restored(shown)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/dev/video0",
                "rpicam:/base/i2c@1/imx219@10",
                "rtsp://cam/x",
                "rtsp://@cam/x",
                "http://cam/a?pwd="
            })
    void otherTextsAreShownAsTheyAre(String text) {
        assertThat(HiddenParts.of(text).any()).isFalse();
        assertThat(HiddenParts.of(text).shown()).isEqualTo(text);
    }

    @Test
    void theRestMayChange() {
        HiddenParts parts = HiddenParts.of("rtsp://me:s3cret@cam/x");
        assertThat(parts.restored("rtsp://***@192.168.1.7/y"))
                .isEqualTo("rtsp://me:s3cret@192.168.1.7/y");
        assertThatThrownBy(() -> parts.restored("rtsp://***@cam/***"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parts.restored("rtsp://cam/x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
