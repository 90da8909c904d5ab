// SPDX-License-Identifier: Apache-2.0
package io.facegate.video.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.facegate.api.video.VideoException;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's libraries: loaded at first use, silent, with errors in words. */
final class Ffmpeg {
    private static boolean loaded;

    private Ffmpeg() {}

    static synchronized void load() throws VideoException {
        if (loaded) {
            return;
        }
        try {
            Loader.load(avutil.class);
            Loader.load(avcodec.class);
            Loader.load(avformat.class);
            Loader.load(swscale.class);
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
            loaded = true;
        } catch (LinkageError e) {
            throw new VideoException(
                    "FFmpeg's libraries cannot be loaded ("
                            + e.getMessage()
                            + "): install the packages libva2 libva-drm2 libdrm2.",
                    e);
        }
    }

    /** FFmpeg's words for an error, without a full stop. */
    static String words(int error) {
        byte[] text = new byte[256];
        avutil.av_strerror(error, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, UTF_8);
    }
}
