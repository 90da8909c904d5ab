// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.CameraMode;
import io.facegate.api.camera.FoundCamera;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What rpicam-apps print in four releases, and programs that do something else. */
@Timeout(60)
class BoardCamerasTest {
    @TempDir Path temp;

    private BoardCameras cameras(String name, String script) throws Exception {
        Path program = temp.resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return new BoardCameras("/no/such/folder:" + temp);
    }

    /** As of 2024, shown in Gordon999/RPiCamGUI issue 14; a second camera as of the manual. */
    @Test
    void twoCamerasWithModes() {
        List<FoundCamera> found =
                BoardCameras.read(
                        """
                        Available cameras
                        -----------------
                        0 : imx585 [3840x2160 16-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@80000/imx585@1A)
                            Modes: 'SRGGB12_CSI2P' : 1928x1090 [87.60 fps - (0, 0)/3840x2160 crop]
                                                     3856x2180 [43.80 fps - (0, 0)/3840x2160 crop]
                                   'SRGGB16' : 1928x1090 [30.00 fps - (0, 0)/3840x2160 crop]
                                               3856x2180 [21.90 fps - (0, 0)/3840x2160 crop]

                        1 : imx708_wide [4608x2592 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a)
                            Modes: 'SRGGB10_CSI2P' : 1536x864 [120.13 fps - (768, 432)/3072x1728 crop]
                        """);
        assertThat(found)
                .containsExactly(
                        new FoundCamera(
                                "rpicam:0",
                                "imx585",
                                "/base/axi/pcie@120000/rp1/i2c@80000/imx585@1A",
                                List.of(
                                        new CameraMode("SRGGB12_CSI2P", 1928, 1090, List.of(87.6)),
                                        new CameraMode("SRGGB12_CSI2P", 3856, 2180, List.of(43.8)),
                                        new CameraMode("SRGGB16", 1928, 1090, List.of(30.0)),
                                        new CameraMode("SRGGB16", 3856, 2180, List.of(21.9))),
                                ""),
                        new FoundCamera(
                                "rpicam:1",
                                "imx708_wide",
                                "/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a",
                                List.of(
                                        new CameraMode(
                                                "SRGGB10_CSI2P", 1536, 864, List.of(120.13))),
                                ""));
    }

    /** As of 2021 and 2022, shown in raspberrypi/rpicam-apps issue 215 and pull request 312. */
    @Test
    void olderForms() {
        assertThat(
                        BoardCameras.read(
                                        """
                                        Available cameras
                                        -----------------
                                        0 : imx477 [4056x3040] (/base/soc/i2c0mux/i2c@1/imx477@1a)
                                            Modes: 'SRGGB10_CSI2P' : 1332x990\s
                                                   'SRGGB12_CSI2P' : 2028x1080 2028x1520
                                        """)
                                .get(0)
                                .modes())
                .containsExactly(
                        new CameraMode("SRGGB10_CSI2P", 1332, 990, List.of()),
                        new CameraMode("SRGGB12_CSI2P", 2028, 1080, List.of()),
                        new CameraMode("SRGGB12_CSI2P", 2028, 1520, List.of()));
        assertThat(
                        BoardCameras.read(
                                        """
                                        0 : imx477 [4056x3040] (/base/soc/i2c0mux/i2c@1/imx477@1a)
                                            Modes: 'SRGGB10_CSI2P' : 1332x990 (120.00 fps)
                                                   'SRGGB12_CSI2P' : 2028x1080 (50.00 fps), 4056x3040 (10.00 fps)
                                        """)
                                .get(0)
                                .modes())
                .containsExactly(
                        new CameraMode("SRGGB10_CSI2P", 1332, 990, List.of(120.0)),
                        new CameraMode("SRGGB12_CSI2P", 2028, 1080, List.of(50.0)),
                        new CameraMode("SRGGB12_CSI2P", 4056, 3040, List.of(10.0)));
    }

    /** Of a camera in use the program's division goes wrong. */
    @Test
    void ratesThatAreNoneAreLeftOut() {
        assertThat(
                        BoardCameras.read(
                                        """
                                        0 : imx708 [4608x2592 10-bit RGGB] (/base/i2c@1/imx708@1a)
                                            Modes: 'SRGGB10_CSI2P' : 1536x864 [nan fps - (0, 0)/0x0 crop]
                                        """)
                                .get(0)
                                .modes())
                .containsExactly(new CameraMode("SRGGB10_CSI2P", 1536, 864, List.of()));
    }

    @Test
    void theProgramIsAsked() throws Exception {
        var search =
                cameras(
                                "libcamera-hello",
                                "[ \"$*\" = --list-cameras ] || exit 3\n"
                                        + "echo '[0:18:12.3] [942] INFO Camera camera_manager.cpp:297' >&2\n"
                                        + "echo '0 : ov5647 [2592x1944] (/base/soc/i2c0mux/i2c@1/ov5647@36)'\n")
                        .search();
        assertThat(search.found()).extracting(FoundCamera::name).containsExactly("ov5647");
        assertThat(search.looked()).isEqualTo("rpicam: libcamera-hello was asked");
    }

    @Test
    void noCameraIsSaid() throws Exception {
        var search = cameras("rpicam-hello", "echo 'No cameras available!'\n").search();
        assertThat(search.found()).isEmpty();
        assertThat(search.looked()).isEqualTo("rpicam: rpicam-hello sees no camera");
    }

    @Test
    void withoutTheProgramItsPackageIsNamed() {
        var search = new BoardCameras(temp.toString()).search();
        assertThat(search.found()).isEmpty();
        assertThat(search.looked()).contains("not installed").contains("rpicam-apps-lite");
    }
}
