// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FLV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG2VIDEO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_WMV2;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What a container says of itself is no proof; what goes on behind its end is. */
class VideoEndTest {
    private static final int FRAMES = 12;

    private final FrameSources sources = new FrameSources("");
    @TempDir Path temp;

    @AfterEach
    void stop() {
        sources.stop();
    }

    /** Of the trimmed one 62 frames are said to be there, of that with gaps 71. */
    @ParameterizedTest
    @CsvSource({"trimmed.mp4, 22", "gaps.avi, 15", "unclosed.mkv, 20"})
    void allFramesOfFilesThatSayOtherwiseAreReadWithoutComplaint(String name, int frames)
            throws Exception {
        assertThat(count(TestVideo.resource(temp, name))).isEqualTo(frames);
    }

    @Test
    void everyContainerIsReadToItsEndAndToldWhereItWasCutOff() throws Exception {
        int yuv = AV_PIX_FMT_YUV420P;
        check(".mp4", make("mp4", AV_CODEC_ID_MPEG4, yuv));
        check(
                ".mov",
                TestVideo.make(
                        temp.resolve("fragments"),
                        "mov",
                        "frag_keyframe+empty_moov",
                        AV_CODEC_ID_MPEG4,
                        yuv,
                        FRAMES));
        check(".mkv", make("matroska", AV_CODEC_ID_MPEG4, yuv));
        check(".avi", make("avi", AV_CODEC_ID_MJPEG, AV_PIX_FMT_YUVJ420P));
        check(".flv", make("flv", AV_CODEC_ID_FLV1, yuv));
        check(".wmv", make("asf", AV_CODEC_ID_WMV2, yuv));
        check(".ogg", make("ogg", AV_CODEC_ID_VP8, yuv));
        check(".mpg", make("vob", AV_CODEC_ID_MPEG2VIDEO, yuv));
        check(".ts", make("mpegts", AV_CODEC_ID_MPEG2VIDEO, yuv));
        check("unclosed.mkv", TestVideo.resource(temp, "unclosed.mkv"), 20);
        check("trimmed.mp4", TestVideo.resource(temp, "trimmed.mp4"), 22);
    }

    @Test
    void transportStreamsMayBeginInAPacketAndHaveLongerOnes() throws Exception {
        byte[] stream = Files.readAllBytes(TestVideo.transportStream(temp.resolve("a.ts"), FRAMES));
        Path late = temp.resolve("late.ts");
        Files.write(late, Arrays.copyOfRange(stream, 188 * 10 - 77, stream.length));
        assertThat(ContainerParts.cutOff(late, "mpegts")).isFalse();
        int packets = stream.length / 188;
        for (int size : new int[] {192, 204}) {
            byte[] longer = new byte[packets * size];
            for (int i = 0; i < packets; i++) {
                System.arraycopy(stream, i * 188, longer, i * size + (size == 192 ? 4 : 0), 188);
            }
            Path file = Files.write(temp.resolve("long.ts"), longer);
            assertThat(ContainerParts.cutOff(file, "mpegts")).as("%d", size).isFalse();
            Files.write(file, Arrays.copyOf(longer, longer.length - 60));
            assertThat(ContainerParts.cutOff(file, "mpegts")).as("%d", size).isTrue();
        }
    }

    @Test
    void whatWritersAndDisksAddIsNoCut() throws Exception {
        byte[] stream = Files.readAllBytes(TestVideo.transportStream(temp.resolve("a.ts"), FRAMES));
        Path padded = temp.resolve("padded.ts");
        Files.write(padded, Arrays.copyOf(stream, stream.length + 100));
        assertThat(ContainerParts.cutOff(padded, "mpegts")).isFalse();
        byte[] avi = Files.readAllBytes(TestVideo.resource(temp, "gaps.avi"));
        avi[4] += 8; // the size of all, its own head counted in
        Path counted = Files.write(temp.resolve("counted.avi"), avi);
        assertThat(count(counted)).isEqualTo(15);
    }

    @Test
    void whatIsNoContainerProvesNothing() throws Exception {
        for (String text : new String[] {"", "x", "no video".repeat(300), "\0".repeat(3000)}) {
            Path file = Files.writeString(temp.resolve("text"), text);
            for (String format : "mov,matroska,avi,asf,ogg,mpeg,mpegts,h264".split(",")) {
                boolean cut = ContainerParts.cutOff(file, format);
                assertThat(cut && text.length() > 1).as("%s, %d", format, text.length()).isFalse();
            }
        }
    }

    private Path make(String format, int codec, int pixels) throws Exception {
        return TestVideo.make(temp.resolve(format), format, codec, pixels, FRAMES);
    }

    private void check(String suffix, Path file) throws IOException {
        check(suffix, file, FRAMES);
    }

    private void check(String suffix, Path file, int frames) throws IOException {
        assertThat(count(file)).as(suffix).isEqualTo(frames);
        byte[] all = Files.readAllBytes(file);
        for (int percent = 50; percent < 95; percent += 8) {
            int length = all.length * percent / 100;
            length -= length % 188 == 0 ? 1 : 0;
            Path cut = Files.write(temp.resolve("cut" + suffix), Arrays.copyOf(all, length));
            assertThatThrownBy(() -> count(cut))
                    .as("%s cut off after %d %%", suffix, percent)
                    .isInstanceOf(FrameSourceException.class)
                    .hasMessageContaining("cut" + suffix + " is ")
                    .hasMessageContaining("truncated");
        }
    }

    private int count(Path file) throws FrameSourceException {
        int frames = 0;
        try (FrameSource source = sources.open(file.toString(), "x")) {
            for (Optional<Frame> f = source.next(); f.isPresent(); f = source.next()) {
                frames++;
            }
        }
        return frames;
    }
}
