// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.facegate.api.status.Condition.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The framebuffer on an ordinary file, described by a folder made like sysfs. */
class FramebufferTest {
    @TempDir Path folder;
    private int rotation;

    private Path device() {
        return folder.resolve("dev/fb1");
    }

    private void describe(int width, int height, int bits, int stride) throws IOException {
        Path sysfs = Files.createDirectories(folder.resolve("sysfs/fb1"));
        Files.writeString(sysfs.resolve("virtual_size"), width + "," + height + "\n");
        Files.writeString(sysfs.resolve("bits_per_pixel"), bits + "\n");
        Files.writeString(sysfs.resolve("stride"), stride + "\n");
        Files.createDirectories(device().getParent());
        Files.write(device(), new byte[stride * height]);
    }

    private FramebufferScreen open() throws ScreenException {
        return FramebufferScreen.open(device(), folder.resolve("sysfs"), rotation);
    }

    @ParameterizedTest
    @CsvSource({
        // red, green, blue and grey 0x808080 as the kernel's truecolour layouts want them
        "16, 12, 0xf800, 0x07e0, 0x001f, 0x8410",
        "24, 16, 0xff0000, 0x00ff00, 0x0000ff, 0x808080",
        "32, 16, 0xff0000, 0x00ff00, 0x0000ff, 0x808080"
    })
    void pixelsAreInTheDevicesLayout(
            int bits, int stride, String red, String green, String blue, String grey)
            throws Exception {
        describe(4, 2, bits, stride);
        Canvas canvas = new Canvas(4, 2);
        int[] colours = {0xff0000, 0x00ff00, 0x0000ff, 0x808080};
        System.arraycopy(colours, 0, canvas.pixels(), 4, 4);
        try (FramebufferScreen screen = open()) {
            screen.show(canvas);
            byte[] bytes = Files.readAllBytes(device());
            assertThat(bytes).hasSize(stride * 2);
            List<String> expected = List.of(red, green, blue, grey);
            for (int x = 0; x < 4; x++) {
                assertThat(pixel(bytes, stride + x * bits / 8, bits / 8))
                        .isEqualTo(Integer.decode(expected.get(x)));
            }
            assertThat(Arrays.copyOf(bytes, stride)).containsOnly(0);
        }
        assertThat(Files.readAllBytes(device())).as("black afterwards").containsOnly(0);
    }

    private static int pixel(byte[] bytes, int offset, int length) {
        byte[] padded = Arrays.copyOf(Arrays.copyOfRange(bytes, offset, offset + length), 4);
        return ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    @Test
    void visibleModeCountsNotTheDoubleBuffer() throws Exception {
        describe(480, 640, 16, 960);
        Files.writeString(folder.resolve("sysfs/fb1/mode"), "U:480x320p-0\n");
        try (FramebufferScreen screen = open()) {
            assertThat(screen.width()).isEqualTo(480);
            assertThat(screen.height()).isEqualTo(320);
        }
    }

    @Test
    void missingDeviceIsNamedAndNotCreated() throws Exception {
        assertThatThrownBy(this::open)
                .hasMessageContaining("there is no screen " + device())
                .hasMessageContaining("dtoverlay");
        describe(4, 2, 16, 8);
        Files.delete(device());
        assertThatThrownBy(this::open).hasMessageContaining("there is no screen " + device());
        assertThat(device()).doesNotExist();
    }

    @Test
    void missingPermissionNamesTheGroup() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        describe(4, 2, 16, 8);
        assertThat(device().toFile().setWritable(false)).isTrue();
        assertThatThrownBy(this::open).hasMessageContaining("group video");
    }

    @ParameterizedTest
    @CsvSource({"4,2,8,4", "4,2,16,7", "0,2,16,8", "99999,2,16,8"})
    void strangeGeometryIsRefused(int width, int height, int bits, int stride) throws Exception {
        describe(width, height, bits, stride);
        assertThatThrownBy(this::open)
                .isInstanceOf(ScreenException.class)
                .hasMessageContaining(device().toString());
        Files.writeString(folder.resolve("sysfs/fb1/virtual_size"), "what\n");
        assertThatThrownBy(this::open).isInstanceOf(ScreenException.class);
    }

    @Test
    void screenPluggedInLaterIsUsed() throws Exception {
        Fakes.Writer writer = new Fakes.Writer();
        LatestResult latest = new LatestResult("");
        DisplayLoop loop =
                new DisplayLoop(this::open, latest, () -> writer, () -> List.of("waiting"), 30, 50);
        Thread thread = new Thread(loop, "facegate-display");
        thread.start();
        Settings.await(() -> loop.condition().level() == Level.FAILED);
        describe(48, 32, 16, 96);
        Settings.await(() -> loop.condition().level() == Level.OK);
        assertThat(loop.condition().message()).contains("48x32, 16 bits");
        latest.offer(Fakes.result(Fakes.frame("front", 640, 480, 0xffffff)), System.nanoTime());
        Settings.await(() -> pixel(Files.readAllBytes(device()), 16 * 96 + 48, 2) == 0xffff);
        byte[] bytes = Files.readAllBytes(device());
        assertThat(pixel(bytes, 16 * 96, 2)).as("black bar at the side").isZero();
        loop.close();
        thread.interrupt();
        thread.join(3000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(Files.readAllBytes(device())).containsOnly(0);
    }

    @Test
    void componentTellsTheMissingDevice() throws Exception {
        Display display =
                new Display(
                        Settings.with(
                                Map.of(
                                        "device",
                                        device().toString(),
                                        "sysfs",
                                        folder.resolve("sysfs").toString())));
        try {
            Settings.await(() -> display.conditions().get(0).level() == Level.FAILED);
            assertThat(display.conditions().get(0).message()).contains("there is no screen");
        } finally {
            display.close();
            display.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "90, 3", "180, 11", "270, 8"})
    void theTopLeftCornerIsWhereTheRotationPutsIt(int degrees, int pixel) throws Exception {
        describe(4, 3, 32, 16);
        rotation = degrees;
        try (FramebufferScreen screen = open()) {
            boolean upright = degrees % 180 == 0;
            assertThat(screen.width()).isEqualTo(upright ? 4 : 3);
            assertThat(screen.height()).isEqualTo(upright ? 3 : 4);
            Canvas canvas = new Canvas(screen.width(), screen.height());
            canvas.pixels()[0] = 0x123456;
            screen.show(canvas);
            assertThat(pixel(Files.readAllBytes(device()), 4 * pixel, 4)).isEqualTo(0x123456);
        }
        rotation = 45;
        assertThatThrownBy(this::open).hasMessageContaining("0, 90, 180 or 270");
    }

    @Test
    void theSmallScreenIsFoundBesideTheMonitor() throws Exception {
        Path sysfs = folder.resolve("sysfs");
        Path devices = folder.resolve("dev");
        assertThat(FramebufferScreen.smallest(sysfs, devices)).isEqualTo(devices.resolve("fb0"));
        describe(480, 320, 16, 960);
        Path monitor = Files.createDirectories(sysfs.resolve("fb0"));
        Files.writeString(monitor.resolve("virtual_size"), "1920,1080");
        Files.writeString(monitor.resolve("bits_per_pixel"), "32");
        Files.writeString(monitor.resolve("stride"), "7680");
        Files.createFile(devices.resolve("fb0"));
        assertThat(FramebufferScreen.smallest(sysfs, devices)).isEqualTo(device());
        Files.delete(device());
        assertThat(FramebufferScreen.smallest(sysfs, devices)).isEqualTo(devices.resolve("fb0"));
    }
}
