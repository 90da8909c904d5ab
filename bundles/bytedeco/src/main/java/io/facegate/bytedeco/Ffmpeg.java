// SPDX-License-Identifier: Apache-2.0
package io.facegate.bytedeco;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

import java.util.function.BiFunction;

/** FFmpeg's libraries: loaded at first use, silent, with errors in words. Thread-safe. */
public final class Ffmpeg {
    private static boolean loaded;
    private static boolean devices;

    private Ffmpeg() {}

    /**
     * Loads what reads and writes files and streams; blocks while it does. FFmpeg's own log would
     * go to stderr, passwords of URLs included.
     *
     * @param failure makes the exception of the caller's kind, of a message that says what to do
     * @throws E they cannot be loaded
     */
    public static synchronized <E extends Exception> void load(
            BiFunction<String, Throwable, E> failure) throws E {
        if (loaded) {
            return;
        }
        try {
            Loader.load(avutil.class);
            Loader.load(avcodec.class);
            Loader.load(avformat.class);
            Loader.load(swscale.class);
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
            avformat.avformat_network_init();
            loaded = true;
        } catch (LinkageError e) {
            throw failure.apply(
                    "FFmpeg's libraries cannot be loaded ("
                            + e.getMessage()
                            + "): install the packages libva2 libva-drm2 libdrm2.",
                    e);
        }
    }

    /**
     * Loads also what reads V4L2 devices; apart from the rest, because this library alone asks for
     * libraries of a desktop.
     *
     * @param failure as of {@link #load}
     * @throws E it, or the rest, cannot be loaded
     */
    public static synchronized <E extends Exception> void loadDevices(
            BiFunction<String, Throwable, E> failure) throws E {
        load(failure);
        if (devices) {
            return;
        }
        try {
            Loader.load(avdevice.class);
            avdevice.avdevice_register_all();
            devices = true;
        } catch (LinkageError e) {
            throw failure.apply(
                    "FFmpeg's library for cameras cannot be loaded ("
                            + e.getMessage()
                            + "): install the packages libxcb1 libxcb-shm0 libpulse0 alsa-utils.",
                    e);
        }
    }

    /** FFmpeg's words for an error it returned, without a full stop; loads nothing. */
    public static String words(int error) {
        byte[] text = new byte[256];
        avutil.av_strerror(error, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, UTF_8);
    }
}
