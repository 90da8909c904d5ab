// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;
import io.facegate.api.picture.Label;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.status.Condition;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

class PictureFileWriterTest {
    private final PictureFileWriter writer = new PictureFileWriter();
    private final PictureFileReader reader = new PictureFileReader();

    @Test
    void pngGivesTheSamePixelsBack() throws Exception {
        Frame frame = gradient(101, 67);
        byte[] png = writer.encode(frame, PictureFormat.PNG, 0);
        assertThat(reader.read(png, "x.png", false).pixels()).isEqualTo(frame.pixels());
    }

    @Test
    void jpegIsNearTheFrameAndSmallerWithLessQuality() throws Exception {
        Frame frame = gradient(320, 200);
        byte[] good = writer.encode(frame, PictureFormat.JPEG, 0.95);
        byte[] small = writer.encode(frame, PictureFormat.JPEG, 0.3);
        assertThat(small.length).isLessThan(good.length);
        byte[] back = reader.read(good, "x.jpg", false).pixels();
        for (int i = 0; i < back.length; i++) {
            assertThat(Math.abs((back[i] & 0xFF) - (frame.pixels()[i] & 0xFF))).isLessThan(30);
        }
    }

    @Test
    void otherFormatsAndStridesAreConverted() throws Exception {
        byte[] bgr = {1, 2, 3, 4, 5, 6, 99, 99, 7, 8, 9, 10, 11, 12, 99, 99};
        Frame frame = new Frame("x", 0, Instant.EPOCH, PixelFormat.BGR24, 2, 2, 8, bgr);
        byte[] png = writer.encode(frame, PictureFormat.PNG, 0);
        assertThat(reader.read(png, "x", false).pixels())
                .containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10);
        Frame gray =
                new Frame("x", 0, Instant.EPOCH, PixelFormat.GRAY8, 2, 1, 2, new byte[] {5, 9});
        assertThat(reader.read(writer.encode(gray, PictureFormat.PNG, 0), "x", false).pixels())
                .containsExactly(5, 5, 5, 9, 9, 9);
        assertThat(writer.fit(gray, 10, 10).pixels()).containsExactly(5, 5, 5, 9, 9, 9);
    }

    @Test
    void annotatesACopy() {
        Frame frame = gradient(480, 320);
        byte[] before = frame.pixels().clone();
        Frame drawn =
                writer.annotate(
                        frame,
                        List.of(
                                new Label(new Box(100, 80, 200, 180), "Zo\u00eb 0.41", true),
                                new Label(new Box(300, 80, 400, 180), "", false)));
        assertThat(frame.pixels()).isEqualTo(before);
        assertThat(drawn.pixels()).isNotEqualTo(before);
        assertThat(drawn.width()).isEqualTo(480);
        assertThat(pixel(drawn, 100, 120)).containsExactly(46, 204, 64);
        assertThat(pixel(drawn, 300, 120)).containsExactly(255, 133, 27);
        assertThat(pixel(drawn, 150, 130)).isEqualTo(pixel(frame, 150, 130));
        assertThat(writer.conditions())
                .singleElement()
                .returns(Condition.Level.OK, Condition::level);
    }

    @Test
    void drawsAnyNameAnywhere() throws Exception {
        Frame frame = gradient(480, 320);
        Frame drawn =
                writer.annotate(
                        frame,
                        List.of(
                                new Label(new Box(0, 0, 60, 60), "\u5f20\u4f1f 0.33", true),
                                new Label(
                                        new Box(420, 0, 480, 60),
                                        "\u0416\u0430\u043d\u043d\u0430",
                                        true),
                                new Label(new Box(400, 250, 480, 320), "unknown", false),
                                new Label(new Box(470, 310, 900, 900), "\u0639\u0644\u064a", false),
                                new Label(new Box(0, 0, 480, 320), "\uD83D\uDE00\n\t", true),
                                new Label(
                                        new Box(60, 120, 200, 240),
                                        "A name that is by far too long to fit in one line of a"
                                                + " picture that is 480 wide",
                                        true)));
        Files.write(Path.of("target/annotated.png"), writer.encode(drawn, PictureFormat.PNG, 0));
        assertThat(drawn.pixels()).hasSize(480 * 320 * 3);
    }

    @Test
    void lettersGrowWithThePicture() {
        assertThat(stripHeight(1920, 1080)).isBetween(70, 110);
        assertThat(stripHeight(480, 320)).isBetween(17, 28);
        assertThat(stripHeight(160, 120)).isBetween(15, 28);
    }

    @Test
    void lettersOfAPortraitGrowWithItsHeight() {
        assertThat(stripHeight(640, 960)).isBetween(52, 84);
    }

    @Test
    void aLetterThatNoFontHasIsAQuestionMark() {
        String unassigned = new String(Character.toChars(0x10FFFD));
        byte[] drawn = drawn("Z" + unassigned + " 0.41").pixels();
        assertThat(drawn).isEqualTo(drawn("Z? 0.41").pixels());
        assertThat(writer.conditions().get(0).message()).contains("fonts-noto-core");
    }

    private Frame drawn(String text) {
        return writer.annotate(
                gradient(480, 320), List.of(new Label(new Box(100, 80, 200, 180), text, true)));
    }

    @Test
    void fitsWithinItsRoomAndNeverEnlarges() {
        Frame frame = gradient(640, 480);
        assertThat(writer.fit(frame, 640, 480)).isSameAs(frame);
        assertThat(writer.fit(frame, 4000, 4000)).isSameAs(frame);
        Frame small = writer.fit(frame, 480, 320);
        assertThat(small.width()).isEqualTo(426);
        assertThat(small.height()).isEqualTo(320);
        Frame tiny = writer.fit(gradient(1000, 3), 10, 10);
        assertThat(tiny.width()).isEqualTo(10);
        assertThat(tiny.height()).isEqualTo(1);
        assertThat(pixel(small, 213, 160)[0]).isCloseTo(pixel(frame, 320, 240)[0], within(3));
    }

    @Test
    void refusesAQualityThatIsNone() {
        assertThatThrownBy(() -> writer.encode(gradient(2, 2), PictureFormat.JPEG, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0..1");
    }

    private static org.assertj.core.data.Offset<Integer> within(int n) {
        return org.assertj.core.data.Offset.offset(n);
    }

    private int stripHeight(int width, int height) {
        byte[] white = new byte[3 * width * height];
        java.util.Arrays.fill(white, (byte) 255);
        Frame frame = Frame.rgb("x", 0, Instant.EPOCH, width, height, white);
        Box box = new Box(width / 2, height / 4, width / 2 + 50, height / 2);
        Frame drawn = writer.annotate(frame, List.of(new Label(box, "Il", true)));
        int rows = 0;
        for (int y = box.bottom(); y < height; y++) {
            if (pixel(drawn, box.left() + 1, y)[0] < 100) {
                rows++;
            }
        }
        return rows;
    }

    private static int[] pixel(Frame frame, int x, int y) {
        int at = y * frame.stride() + 3 * x;
        return new int[] {
            frame.pixels()[at] & 0xFF, frame.pixels()[at + 1] & 0xFF, frame.pixels()[at + 2] & 0xFF
        };
    }

    private static Frame gradient(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = 3 * (y * width + x);
                rgb[at] = (byte) (255 * x / width);
                rgb[at + 1] = (byte) (255 * y / height);
                rgb[at + 2] = (byte) (128 - 64 * x / width);
            }
        }
        return Frame.rgb("gradient", 7, Instant.EPOCH, width, height, rgb);
    }
}
