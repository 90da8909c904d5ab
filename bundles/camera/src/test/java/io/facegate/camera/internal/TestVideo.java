// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Videos made for tests: a grey that rises from frame to frame, with a white left edge. */
final class TestVideo {
    static final int WIDTH = 160;
    static final int HEIGHT = 96;
    static final int RATE = 25;

    private TestVideo() {}

    /** A clip made beforehand, copied into a folder. */
    static Path resource(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = TestVideo.class.getResourceAsStream("/videos/" + name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    static Path mp4(Path file, int frames) throws Exception {
        return make(file, "mp4", avcodec.AV_CODEC_ID_MPEG4, avutil.AV_PIX_FMT_YUV420P, frames);
    }

    static Path transportStream(Path file, int frames) throws Exception {
        int codec = avcodec.AV_CODEC_ID_MPEG2VIDEO;
        return make(file, "mpegts", codec, avutil.AV_PIX_FMT_YUV420P, frames);
    }

    static Path mjpeg(Path file, int frames) throws Exception {
        return make(file, "mjpeg", avcodec.AV_CODEC_ID_MJPEG, avutil.AV_PIX_FMT_YUVJ420P, frames);
    }

    static Path make(Path file, String format, int codec, int pixels, int frames) throws Exception {
        return make(file, format, "faststart", codec, pixels, frames);
    }

    static Path make(Path file, String format, String movflags, int codec, int pixels, int frames)
            throws Exception {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        try (FFmpegFrameRecorder recorder =
                        new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT, 0);
                Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3)) {
            recorder.setFormat(format);
            recorder.setVideoCodec(codec);
            recorder.setPixelFormat(pixels);
            recorder.setFrameRate(RATE);
            recorder.setGopSize(10);
            recorder.setVideoBitrate(2_000_000);
            recorder.setOption("movflags", movflags);
            recorder.start();
            for (int i = 0; i < frames; i++) {
                ByteBuffer to = (ByteBuffer) frame.image[0];
                for (int y = 0; y < HEIGHT; y++) {
                    for (int x = 0; x < 3 * WIDTH; x++) {
                        int grey = x < 48 ? 255 : 20 + 2 * i % 200 + (x + y) % 16;
                        to.put(y * frame.imageStride + x, (byte) grey);
                    }
                }
                recorder.record(frame, avutil.AV_PIX_FMT_BGR24);
            }
            recorder.stop();
        }
        return file;
    }
}
