// SPDX-License-Identifier: Apache-2.0
package io.facegate.video.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.video.VideoException;
import io.facegate.api.video.VideoWriter;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

class VideoFilesTest {
    private static final int[][] COLOURS = {
        {200, 40, 40}, {40, 180, 60}, {50, 60, 210}, {230, 220, 40}, {128, 128, 128}
    };

    @TempDir Path folder;

    private final VideoFiles videos = new VideoFiles();

    @ParameterizedTest
    @CsvSource({"mp4,h264", "MKV,h264", "mov,h264", "m4v,h264", "avi,mjpeg"})
    void keepsSizeCountTimesAndColours(String ending, String codec) throws Exception {
        Path file = folder.resolve("made here/Ää." + ending);
        write(file, 64, 48, 25, LongStream.range(0, 40).map(i -> 40_000 * i).toArray());

        WrittenVideo video = WrittenVideo.read(file);
        assertThat(video.codec()).startsWith(codec);
        assertThat(List.of(video.width(), video.height())).containsExactly(64, 48);
        assertThat(video.millis())
                .containsExactlyElementsOf(
                        LongStream.range(0, 40).map(i -> 40 * i).boxed().toList());
        assertThat(video.seconds()).isCloseTo(1.6, within(0.001));
        for (int i = 0; i < 40; i++) {
            int[] colour = COLOURS[i % COLOURS.length];
            for (int part = 0; part < 3; part++) {
                assertThat(video.pixel(i, 20, 30)[part])
                        .as("frame " + i)
                        .isCloseTo(colour[part], within(12));
            }
        }
        assertThat(hidden()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {23.976, 24, 25, 29.97, 30, 50, 59.94, 60, 90})
    void aFrameOfAUsualRateIsAsLongAsTheOthers(double rate) throws Exception {
        long[] times = LongStream.range(0, 90).map(i -> Math.round(1e6 * i / rate)).toArray();
        Path file = write(folder.resolve("rate.mp4"), 32, 32, rate, times);

        WrittenVideo video = WrittenVideo.read(file);
        assertThat(video.frames()).hasSize(90);
        assertThat(video.seconds()).isCloseTo(90 / rate, within(0.001));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mkv"})
    void irregularTimesAreKept(String ending) throws Exception {
        long[] times = {0, 33_000, 1_500_000, 1_501_000, 4_000_000, 4_040_000};
        WrittenVideo video =
                WrittenVideo.read(write(folder.resolve("v." + ending), 32, 32, 25, times));
        assertThat(video.millis()).containsExactly(0L, 33L, 1500L, 1501L, 4000L, 4040L);
    }

    @Test
    void timesThatDoNotRiseLoseNoFrame() throws Exception {
        long[] times = {0, 40_000, 40_000, 20_000, 160_000};
        WrittenVideo video = WrittenVideo.read(write(folder.resolve("v.mp4"), 32, 32, 25, times));
        assertThat(video.frames()).hasSize(5);
        assertThat(video.millis()).isSorted().endsWith(160L);
    }

    @Test
    void anAviRepeatsAFrameWhereOneIsLate() throws Exception {
        long[] times = {0, 40_000, 200_000};
        WrittenVideo video = WrittenVideo.read(write(folder.resolve("v.avi"), 32, 32, 25, times));
        assertThat(video.millis()).startsWith(0L, 40L).endsWith(200L);
        assertThat(video.pixel(video.frames().size() - 1, 5, 5)[2]).isCloseTo(210, within(12));
    }

    @ParameterizedTest
    @CsvSource({
        "mp4,101,75,102,76,h264",
        "avi,101,75,102,76,mjpeg",
        "mp4,9,7,10,8,mpeg4",
        "mkv,1,1,2,2,mpeg4",
        "mp4,3841,2463,3842,2464,mpeg4"
    })
    void takesEverySize(
            String ending, int width, int height, int madeWidth, int madeHeight, String codec)
            throws Exception {
        Path file = write(folder.resolve("v." + ending), width, height, 25, 0, 40_000);
        WrittenVideo video = WrittenVideo.read(file);
        assertThat(List.of(video.width(), video.height())).containsExactly(madeWidth, madeHeight);
        assertThat(video.codec()).startsWith(codec);
        assertThat(video.frames()).hasSize(2);
        int[] corner = video.pixel(0, madeWidth - 1, madeHeight - 1);
        // this reader takes the matrix of every video for that of television before HD
        assertThat(corner[0]).as("the column repeated").isCloseTo(200, within(25));
        assertThat(corner[1]).isCloseTo(40, within(25));
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void takesEveryPixelFormatAndStride(PixelFormat format) throws Exception {
        int stride = 40 * format.bytesPerPixel() + 7;
        byte[] pixels = new byte[stride * 30];
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                int at = y * stride + x * format.bytesPerPixel();
                pixels[at] = (byte) 200;
            }
        }
        Path file = folder.resolve("v.mp4");
        try (VideoWriter writer = videos.open(file, 40, 30, 25)) {
            writer.write(new Frame("f", 0, Instant.EPOCH, format, 40, 30, stride, pixels), 0);
            writer.finish();
        }
        int[] expected =
                switch (format) {
                    case RGB24 -> new int[] {200, 0, 0};
                    case BGR24 -> new int[] {0, 0, 200};
                    case GRAY8 -> new int[] {200, 200, 200};
                };
        int[] pixel = WrittenVideo.read(file).pixel(0, 20, 15);
        for (int part = 0; part < 3; part++) {
            assertThat(pixel[part]).isCloseTo(expected[part], within(14));
        }
    }

    @Test
    void aFrameOfAnotherSizeIsScaled() throws Exception {
        Path file = folder.resolve("v.mp4");
        try (VideoWriter writer = videos.open(file, 64, 48, 25)) {
            writer.write(frame(0, 64, 48), 0);
            writer.write(frame(1, 200, 100), 40_000);
            writer.finish();
        }
        WrittenVideo video = WrittenVideo.read(file);
        assertThat(List.of(video.width(), video.height())).containsExactly(64, 48);
        assertThat(video.pixel(1, 60, 44)[1]).isCloseTo(180, within(12));
    }

    @Test
    void whatIsNotFinishedLeavesNothingAndKeepsTheFileThatWasThere() throws Exception {
        Path file = folder.resolve("v.mp4");
        Files.writeString(file, "mine");
        try (VideoWriter writer = videos.open(file, 32, 32, 25)) {
            writer.write(frame(0, 32, 32), 0);
            assertThat(hidden()).hasSize(1);
        }
        assertThat(file).hasContent("mine");
        assertThat(hidden()).isEmpty();
    }

    @Test
    void stoppingTheBundleGivesUpAnOpenVideo() throws Exception {
        VideoWriter writer = videos.open(folder.resolve("v.mp4"), 32, 32, 25);
        writer.write(frame(0, 32, 32), 0);
        videos.stop();
        assertThat(hidden()).isEmpty();
        assertThatThrownBy(() -> writer.write(frame(1, 32, 32), 40_000))
                .isInstanceOf(StaleServiceException.class);
        assertThatThrownBy(() -> videos.open(folder.resolve("w.mp4"), 32, 32, 25))
                .isInstanceOf(StaleServiceException.class);
        writer.finish();
        writer.close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysWhatItCannotWrite() throws Exception {
        assertThatThrownBy(() -> videos.open(folder.resolve("v.webm"), 32, 32, 25))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("v.webm is no video that can be written")
                .hasMessageContaining("mp4, m4v, mov, mkv, avi");
        Path occupied = Files.createDirectory(folder.resolve("d.mp4"));
        assertThatThrownBy(() -> videos.open(occupied, 32, 32, 25))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("is a folder");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> videos.open(file.resolve("v.mp4"), 32, 32, 25))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("its folder cannot be made");
        VideoWriter none = videos.open(folder.resolve("none.mp4"), 32, 32, 25);
        assertThatThrownBy(none::finish)
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("there was no frame");
        assertThat(hidden()).isEmpty();
    }

    @Test
    void aFullDiskIsSaid() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "no /dev/full here");
        Path part = Files.createSymbolicLink(folder.resolve(".part"), full);
        Path file = folder.resolve("v.mp4");
        assertThatThrownBy(
                        () ->
                                new VideoFile(
                                        new VideoFile.Place(file, part),
                                        VideoContainer.MP4,
                                        64,
                                        48,
                                        25,
                                        closed -> {}))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("v.mp4 cannot be written (No space left on device)");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesNoNativeMemory() throws Exception {
        writeAndForget(5);
        long before = Pointer.totalBytes();
        writeAndForget(60);
        assertThat(Pointer.totalBytes()).isEqualTo(before);
    }

    private void writeAndForget(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            write(folder.resolve("leak.mp4"), 64, 48, 25, 0, 40_000, 80_000);
            videos.open(folder.resolve("unfinished.avi"), 64, 48, 25).close();
        }
    }

    private Path write(Path file, int width, int height, double rate, long... micros)
            throws VideoException {
        try (VideoWriter writer = videos.open(file, width, height, rate)) {
            for (int i = 0; i < micros.length; i++) {
                writer.write(frame(i, width, height), micros[i]);
            }
            writer.finish();
        }
        return file;
    }

    private static Frame frame(int number, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        int[] colour = COLOURS[number % COLOURS.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) colour[i % 3];
        }
        return Frame.rgb("test", number, Instant.EPOCH, width, height, rgb);
    }

    private List<Path> hidden() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(".")).toList();
        }
    }
}
