// SPDX-License-Identifier: Apache-2.0
package io.facegate.bytedeco;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;

import java.io.IOException;

/** With the real libraries. */
class FfmpegTest {
    @Test
    void loadsWhatDecodesOnceAndSilently() throws IOException {
        Ffmpeg.load(IOException::new);
        Ffmpeg.load(IOException::new);
        assertThat(avcodec.avcodec_find_decoder(avcodec.AV_CODEC_ID_H264)).isNotNull();
        assertThat(avutil.av_log_get_level()).isEqualTo(avutil.AV_LOG_QUIET);
    }

    @Test
    void errorsAreInWords() throws IOException {
        Ffmpeg.load(IOException::new);
        assertThat(Ffmpeg.words(avutil.AVERROR_EOF)).isEqualTo("End of file");
        assertThat(Ffmpeg.words(-2)).isEqualTo("No such file or directory");
    }
}
