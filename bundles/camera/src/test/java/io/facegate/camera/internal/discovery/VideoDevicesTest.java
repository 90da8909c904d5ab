// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.CameraDiscovery.Search;
import io.facegate.api.camera.CameraMode;
import io.facegate.api.camera.CameraMode.Size;
import io.facegate.api.camera.FoundCamera;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** With drivers that answer as those of real devices do. */
class VideoDevicesTest {
    @TempDir Path dev;

    private final FakeKernel kernel = new FakeKernel();

    private Search<FoundCamera> search() {
        return new VideoDevices(dev, () -> kernel).search();
    }

    private void link(String kind, String name, String target) throws IOException {
        Path folder = Files.createDirectories(dev.resolve("v4l").resolve(kind));
        Files.createSymbolicLink(folder.resolve(name), Path.of("../../" + target));
    }

    private void device(String name, FakeKernel.Driver driver) throws IOException {
        kernel.add(Files.createFile(dev.resolve(name)), driver);
    }

    private static FakeKernel.Driver webcam() {
        return new FakeKernel.Driver("uvcvideo", "HD Pro Webcam C920", 0x84A00001, 0x04200001)
                .size("YUYV", 640, 480, 1, 30, 1, 15)
                .size("YUYV", 1920, 1080, 1, 5)
                .size("MJPG", 1920, 1080, 1, 30, 2, 15, 100, 2997);
    }

    @Test
    void sizesAndRatesOfAWebcam() throws IOException {
        device("video0", webcam());
        device(
                "video1",
                new FakeKernel.Driver("uvcvideo", "HD Pro Webcam C920", 0x84A00001, 0x04A00000));
        link("by-id", "usb-046d_HD_Pro_Webcam_C920_7B1A-video-index0", "video0");
        link("by-id", "usb-046d_HD_Pro_Webcam_C920_7B1A-video-index1", "video1");
        link("by-path", "pci-0000:01:00.0-usb-0:1.2:1.0-video-index0", "video0");

        Search<FoundCamera> search = search();

        assertThat(search.found())
                .containsExactly(
                        new FoundCamera(
                                dev + "/v4l/by-id/usb-046d_HD_Pro_Webcam_C920_7B1A-video-index0",
                                "HD Pro Webcam C920",
                                dev + "/video0",
                                List.of(
                                        new CameraMode("YUYV", 640, 480, List.of(30.0, 15.0)),
                                        new CameraMode("YUYV", 1920, 1080, List.of(5.0)),
                                        new CameraMode(
                                                "MJPG", 1920, 1080, List.of(30.0, 29.97, 7.5))),
                                ""));
        assertThat(search.looked()).contains("2 devices, of which 1 no camera to itself");
        assertThat(kernel.open()).isZero();
    }

    @Test
    void rangesOfSizesAndRates() throws IOException {
        device(
                "video0",
                new FakeKernel.Driver("bm2835 mmal", "mmal service 16.1", 0x85200005, 0x05200005)
                        .range("RGB3", 32, 32, 2592, 1944, 1, 90, 1, 1));
        assertThat(search().found().get(0).modes())
                .containsExactly(
                        new CameraMode("RGB3", 2592, 1944, new Size(32, 32), List.of(90.0, 1.0)));
    }

    @Test
    void aFormatWithoutSizesIsOneAllTheSame() throws IOException {
        device(
                "video0",
                new FakeKernel.Driver("loop", "OBS", 0x85200001, 0x05200001).format("YU12"));
        assertThat(search().found().get(0).modes())
                .containsExactly(new CameraMode("YU12", 0, 0, List.of()));
    }

    @Test
    void codecsAndPartsOfBoardCamerasAreNone() throws IOException {
        device("video0", new FakeKernel.Driver("unicam", "unicam", 0xA5A00001, 0x25200001));
        device("video10", new FakeKernel.Driver("bcm2835-codec", "d", 0x84204000, 0x04204000));
        device("video11", new FakeKernel.Driver("vim2m", "vim2m", 0x84208000, 0x04208001));
        device("video14", new FakeKernel.Driver("bcm2835-isp", "isp", 0x85200001, 0x05200001));
        Search<FoundCamera> search = search();
        assertThat(search.found()).isEmpty();
        assertThat(search.looked()).contains("4 devices, of which 4 no camera");
    }

    @Test
    void camerasOfOneKindWithoutSerialNumberGoByTheirPlace() throws IOException {
        device("video0", webcam());
        device("video2", webcam());
        link("by-id", "usb-046d_HD_Pro_Webcam_C920-video-index0", "video2");
        link("by-path", "usb-0:1.1:1.0-video-index0", "video0");
        link("by-path", "usb-0:1.2:1.0-video-index0", "video2");
        assertThat(search().found())
                .extracting(FoundCamera::location)
                .containsExactly(
                        dev + "/v4l/by-path/usb-0:1.1:1.0-video-index0",
                        dev + "/v4l/by-path/usb-0:1.2:1.0-video-index0");
    }

    @Test
    void withoutLinksTheDeviceItselfIsNamed() throws IOException {
        device("video2", webcam());
        device("video10", webcam());
        assertThat(search().found())
                .extracting(FoundCamera::location)
                .containsExactly(dev + "/video2", dev + "/video10");
    }

    @Test
    void aDeviceThatMayNotBeOpenedSaysWhy() throws IOException {
        Files.createFile(dev.resolve("video0"));
        assertThat(search().found())
                .containsExactly(
                        new FoundCamera(
                                dev + "/video0",
                                "",
                                dev + "/video0",
                                List.of(),
                                "may not be opened"));
    }

    @Test
    void namesHoldNothingATerminalObeys() throws IOException {
        device("video0", new FakeKernel.Driver("x", "\u001b[2JCam", 0x84A00001, 0x04200001));
        assertThat(search().found().get(0).name()).isEqualTo("[2JCam");
    }

    @Test
    void nothingThereIsSaid() {
        assertThat(search().found()).isEmpty();
        assertThat(search().looked()).isEqualTo(dev + "/video*: there is no such device");
    }

    @Test
    void theBridgeToTheKernelWorksHere() throws IOException {
        LibC c = new LibC(dev);
        try (Kernel.Device open = c.open(Path.of("/dev/null"))) {
            assertThat(new VideoDevice(open).isCamera()).isFalse();
        }
        assertThat(
                        new VideoDevices(
                                        Files.createFile(dev.resolve("video0")).getParent(),
                                        () -> c)
                                .search()
                                .looked())
                .contains("1 device, of which 1 no camera");
    }
}
