// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.facegate.api.camera.CameraDiscovery;
import io.facegate.api.camera.CameraLogin;
import io.facegate.api.camera.CameraMode;
import io.facegate.api.camera.CameraMode.Size;
import io.facegate.api.camera.FoundCamera;
import io.facegate.api.camera.FoundNetworkCamera;
import io.facegate.api.camera.FoundNetworkCamera.NetworkStream;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.PixelAspect;
import io.facegate.api.camera.StreamOffer;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class CamerasCommandTest {
    @TempDir Path temp;

    private final List<FoundCamera> devices = new ArrayList<>();
    private final List<FoundNetworkCamera> network = new ArrayList<>();
    private final List<Optional<CameraLogin>> logins = new ArrayList<>();
    private Runnable onSearch = () -> {};
    private final Terminal terminal = new Terminal(new FakeParts(new FakeDiscovery()));

    /** Finds what the test says. */
    private final class FakeDiscovery implements CameraDiscovery {
        @Override
        public Search<FoundCamera> devices() {
            return new Search<>(devices, "/dev/video*: looked");
        }

        @Override
        public Search<FoundCamera> boardCameras() {
            return new Search<>(List.of(), "rpicam: rpicam-hello is not installed");
        }

        @Override
        public Search<FoundNetworkCamera> networkCameras(Optional<CameraLogin> login) {
            logins.add(login);
            onSearch.run();
            return new Search<>(network, "ONVIF: asked eth0");
        }

        @Override
        public StreamOffer probe(String location, Optional<CameraLogin> login)
                throws FrameSourceException {
            if (!location.startsWith("rtsp")) {
                throw new FrameSourceException(location + " is not there: check the path.");
            }
            logins.add(login);
            return new StreamOffer(
                    "rtsp://cam/1",
                    "video",
                    "h264",
                    960,
                    1080,
                    new PixelAspect(2, 1),
                    12.5,
                    true,
                    0,
                    "accepted; offered: Digest");
        }
    }

    private String password(String text) throws Exception {
        return Files.writeString(temp.resolve("pw"), text).toString();
    }

    @Test
    void everyCameraBeginsWithItsLocation() {
        devices.add(
                new FoundCamera(
                        "/dev/v4l/by-id/usb-cam-index0",
                        "C920",
                        "/dev/video0",
                        List.of(
                                new CameraMode("YUYV", 640, 480, List.of(30.0, 7.5)),
                                new CameraMode("YUYV", 1280, 720, List.of()),
                                new CameraMode(
                                        "RGB3", 2592, 1944, new Size(32, 32), List.of(90.0))),
                        ""));
        network.add(
                new FoundNetworkCamera(
                        "http://192.168.1.20/onvif/device_service",
                        "Front door",
                        "DS-2CD",
                        List.of(
                                new NetworkStream(
                                        "Main",
                                        "rtsp://192.168.1.20/1",
                                        "http://192.168.1.20/snap.jpg",
                                        "H264",
                                        2688,
                                        1520,
                                        25)),
                        ""));
        assertThat(terminal.run("cameras")).isZero();
        assertThat(terminal.out())
                .isEqualTo(
                        """
                        /dev/v4l/by-id/usb-cam-index0
                          C920, /dev/video0
                          YUYV            640x480               30, 7.5 per second
                                          1280x720
                          RGB3            32x32 to 2592x1944    90 per second

                        http://192.168.1.20/onvif/device_service
                          Front door, DS-2CD
                          rtsp://192.168.1.20/1
                            Main, H264, 2688x1520, up to 25 per second
                            pictures: http://192.168.1.20/snap.jpg
                        """);
        assertThat(terminal.err()).contains("Looking for").doesNotContain("No camera");
    }

    @Test
    void nothingFoundSaysWhereItLookedAndWhatToDo() {
        assertThat(terminal.run("cameras")).isZero();
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err())
                .contains("No camera found. Looked here:")
                .contains("  /dev/video*: looked")
                .contains("  rpicam: rpicam-hello is not installed")
                .contains("  ONVIF: asked eth0")
                .contains("--probe rtsp://");
    }

    @Test
    void aSearchThatIsStoppedTellsNothing() {
        onSearch = terminal.stop::stop;
        assertThat(terminal.run("cameras")).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(terminal.err()).doesNotContain("No camera found");
    }

    @Test
    void programsGetOneObject() {
        devices.add(
                new FoundCamera(
                        "rpicam:0",
                        "imx219",
                        "/base/i2c",
                        List.of(new CameraMode("SRGGB8", 640, 480, List.of(206.65))),
                        ""));
        assertThat(terminal.run("cameras", "--json")).isZero();
        assertThat(terminal.out())
                .isEqualTo(
                        "{\"cameras\":[{\"location\":\"rpicam:0\",\"name\":\"imx219\",\"path\":"
                                + "\"/base/i2c\",\"remark\":\"\",\"modes\":[{\"format\":\"SRGGB8\","
                                + "\"width\":640,\"height\":480,\"least_width\":640,\"least_height\":"
                                + "480,\"fps\":[206.65]}]}],\"network_cameras\":[],\"looked\":["
                                + "\"/dev/video*: looked\",\"rpicam: rpicam-hello is not installed\","
                                + "\"ONVIF: asked eth0\"]}\n");
    }

    @Test
    void aStreamTellsWhatItOffers() {
        assertThat(terminal.run("cameras", "--probe", "rtsp://cam/1")).isZero();
        assertThat(terminal.out())
                .isEqualTo(
                        """
                        rtsp://cam/1
                          video, h264, 960x1080
                          pixels of 2:1
                          12.5 frames per second
                          live
                          log-in: accepted; offered: Digest
                        """);
        assertThat(terminal.run("cameras", "--json", "--probe", "rtsp://cam/1")).isZero();
        assertThat(terminal.out())
                .endsWith(
                        "{\"location\":\"rtsp://cam/1\",\"kind\":\"video\",\"codec\":\"h264\","
                                + "\"width\":960,\"height\":1080,\"pixel_aspect\":\"2:1\",\"fps\":12.5,"
                                + "\"live\":true,\"duration_ms\":0,"
                                + "\"login\":\"accepted; offered: Digest\"}\n");
    }

    @Test
    void whatCannotBeOpenedIsRefused() {
        assertThat(terminal.run("cameras", "--probe", "/no/such")).isEqualTo(1);
        assertThat(terminal.err()).contains("/no/such is not there");
    }

    @Test
    void thePasswordComesFromAFileOrFromStandardInput() throws Exception {
        assertThat(terminal.run("cameras", "--user", "me", "--password-file", password("q u\nc")))
                .isZero();
        terminal.in = new ByteArrayInputStream("#/?@%\n".getBytes(UTF_8));
        assertThat(
                        terminal.run(
                                "cameras",
                                "--user=me",
                                "--password-file=-",
                                "--probe=rtsp://cam/1"))
                .isZero();
        assertThat(logins)
                .containsExactly(
                        Optional.of(new CameraLogin("me", "q u")),
                        Optional.of(new CameraLogin("me", "#/?@%")));
        assertThat(terminal.err() + terminal.out()).doesNotContain("q u").doesNotContain("#/?@%");
    }

    @Test
    void aLogInIsWholeOrNone() throws Exception {
        assertThat(terminal.run("cameras", "--user", "me")).isEqualTo(2);
        assertThat(terminal.run("cameras", "--password-file", password("x"))).isEqualTo(2);
        assertThat(terminal.run("cameras", "--user", "me", "--password-file", password("\n")))
                .isEqualTo(1);
        assertThat(terminal.err())
                .contains("--user and --password-file go together")
                .contains("no password in the first line");
    }
}
