// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.api.camera.FrameSourceException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

class SourceAddressTest {
    @TempDir Path temp;

    @ParameterizedTest
    @CsvSource({
        "0, V4L2, /dev/video0",
        "/dev/video2, V4L2, /dev/video2",
        "rpicam, RPICAM, rpicam",
        "libcamera:1, RPICAM, rpicam:1",
        "rpicam:imx708_wide, RPICAM, rpicam:imx708_wide",
        "rpicam:/base/soc/i2c0mux/i2c@1/imx219@10, RPICAM, rpicam:/base/soc/i2c0mux/i2c@1/imx219@10",
        "http://cam/a.mjpg, NETWORK, http://cam/a.mjpg",
        "RTSP://me:s3cret@cam:554/x, NETWORK, rtsp://cam:554/x",
        "rtsp://me:p@ss@cam/x, NETWORK, rtsp://cam/x",
        "http://cam/a?user=me&password=s3cret&x=1, NETWORK, http://cam/a?user=me&password=***"
    })
    void knowsKindsAndShowsNoPassword(String location, SourceAddress.Kind kind, String shown)
            throws Exception {
        SourceAddress address = SourceAddress.of(location);
        assertThat(address.kind()).isEqualTo(kind);
        assertThat(address.shown()).isEqualTo(shown);
        assertThat(SourceAddress.shown(location)).doesNotContain("s3cret").doesNotContain("p@ss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rpicam:", "rpicam: 1", "rpicam:--config", "libcamera:100", "rpicam:a b"})
    void aBoardCameraHasANumberOrName(String location) {
        assertThatThrownBy(() -> SourceAddress.of(location))
                .hasMessageContaining("names no board camera")
                .hasMessageContaining("rpicam:0");
    }

    @Test
    void showsNoPasswordWhateverItsCharactersAndPlace() {
        for (String mark : "# / ? @ % : & = _ + ; [ ] \" ' \\ < 5 ä #/?@% a=b &x= _y=".split(" ")) {
            for (String form :
                    new String[] {"zqx" + mark + "jkw", mark + "zqxjkw", "zqxjkw" + mark + "1"}) {
                for (String place :
                        new String[] {
                            "rtsp://admin:%s@192.0.2.7:554/x",
                            "http://admin:%s@cam/a?x=1#y",
                            "ftp://admin:%s@cam/a",
                            "http:/admin:%s@cam/a",
                            "admin:%s@cam/a",
                            "http://cam:80/a?usr=me&pwd=%s&x=1",
                            "http://cam/a?loginuse=me&loginpas=%s",
                            "rtsp://192.0.2.7/user=admin_password=%s_channel=1_stream=0.sdp?real",
                            "rtsp://192.0.2.7:554/user=admin_password=%s_channel=1_stream=0.sdp"
                        }) {
                    assertHidden(place.replace("%s", form));
                }
            }
        }
    }

    private static void assertHidden(String location) {
        assertThat(SourceAddress.shown(location)).as(location).doesNotContain("zqx", "jkw");
        try {
            assertThat(SourceAddress.of(location).toString())
                    .as(location)
                    .doesNotContain("zqx", "jkw");
        } catch (FrameSourceException e) {
            assertThat(e.toString()).as(location).doesNotContain("zqx", "jkw");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3c#ret", "s3c/ret", "s3c?ret"})
    void tellsHowToEscape(String password) {
        assertRefused("rtsp://admin:" + password + "@cam/x", "%23 for #");
    }

    @Test
    void tellsFilesFromFolders() throws Exception {
        Path file = Files.writeString(temp.resolve("a:b.mp4"), "x");
        assertThat(SourceAddress.of(file.toString()).kind()).isEqualTo(SourceAddress.Kind.FILE);
        assertThat(SourceAddress.of(temp.toString()).kind()).isEqualTo(SourceAddress.Kind.FOLDER);
    }

    @Test
    void whatLiesBelowDevIsWhatItIs() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "skipped: there is no /dev/shm to write into");
        Path folder = Files.createTempDirectory(memory, "facegate");
        Path file = Files.writeString(folder.resolve("a.mp4"), "x");
        Path pipe = folder.resolve("pipe");
        try {
            new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
            assertThat(kind(folder)).isEqualTo(SourceAddress.Kind.FOLDER);
            assertThat(kind(file)).isEqualTo(SourceAddress.Kind.FILE);
            assertThat(kind(pipe)).isEqualTo(SourceAddress.Kind.FILE);
        } finally {
            Files.deleteIfExists(pipe);
            Files.delete(file);
            Files.delete(folder);
        }
        assertThat(kind(Path.of("/dev/null"))).isEqualTo(SourceAddress.Kind.V4L2);
        assertThat(kind(Path.of("/dev/video87"))).isEqualTo(SourceAddress.Kind.V4L2);
    }

    private static SourceAddress.Kind kind(Path path) throws FrameSourceException {
        return SourceAddress.of(path.toString()).kind();
    }

    @Test
    void putsCredentialsIntoUrlsOnly() throws Exception {
        SourceAddress address = SourceAddress.of("rtsp://cam/x").withCredentials("me", "p@ss word");
        assertThat(address.target()).isEqualTo("rtsp://me:p%40ss%20word@cam/x");
        assertThat(address.shown()).isEqualTo("rtsp://cam/x");
        assertThat(SourceAddress.of("rtsp://a:b@cam/x").withCredentials("me", "p").target())
                .isEqualTo("rtsp://a:b@cam/x");
        assertThat(SourceAddress.of("0").withCredentials("me", "p").target())
                .isEqualTo("/dev/video0");
    }

    @Test
    void refusesWhatNothingReads() throws Exception {
        Path empty = Files.createFile(temp.resolve("empty.mp4"));
        assertRefused("", "location is empty");
        assertRefused("/no/such/file.mp4", "is not there");
        assertRefused("ftp://me:s3cret@cam/x", "ftp://cam/x cannot be read");
        assertRefused(empty.toString(), "is empty (0 bytes)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"front", "a-1_b", "0"})
    void takesGoodIds(String id) {
        assertThat(CameraId.objection(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Front", "front door", "a/b", "#", "events", "errors", "person"})
    void objectsToBadIds(String id) {
        assertThat(CameraId.objection(id)).contains("camera_id");
    }

    private static void assertRefused(String location, String words) {
        assertThatThrownBy(() -> SourceAddress.of(location))
                .isInstanceOf(FrameSourceException.class)
                .hasMessageContaining(words)
                .message()
                .doesNotContain("s3cret");
    }
}
