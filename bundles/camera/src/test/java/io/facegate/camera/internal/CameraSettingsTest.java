// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

class CameraSettingsTest {
    /** The default settings, but for these. */
    private static CameraConfig config(Map<String, Object> changed) {
        return (CameraConfig)
                Proxy.newProxyInstance(
                        CameraSettingsTest.class.getClassLoader(),
                        new Class<?>[] {CameraConfig.class},
                        (proxy, method, arguments) ->
                                changed.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    private static String objection(String name, Object value) {
        return CameraSettings.objection(config(Map.of(name, value)));
    }

    @Test
    void defaultsAreAllRight() {
        assertThat(CameraSettings.objection(config(Map.of()))).isEmpty();
        assertThat(CameraSettings.of(config(Map.of())).network())
                .isEqualTo(SourceSettings.Network.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"999, 1000..600000", "600001, 1000..600000"})
    void silenceHasBounds(int millis, String words) {
        assertThat(objection("silenceMillis", millis)).contains(words).contains("" + millis);
    }

    @ParameterizedTest
    @ValueSource(doubles = {4.9E-323, -1, 121, Double.NaN})
    void rateIsNoSlipOfAFile(double rate) {
        assertThat(objection("framesPerSecond", rate)).contains("" + rate, "D\"10.0\"");
        assertThat(objection("framesPerSecond", 0.5)).isEmpty();
    }

    @Test
    void transportIsOneOfFive() {
        assertThat(objection("rtspTransport", "udp")).isEmpty();
        assertThat(objection("rtspTransport", "UPD"))
                .contains("auto, tcp, udp")
                .contains("\"UPD\"");
    }

    @Test
    void optionsThatNameFilesAreNotAllowed() {
        String[] good = {"probesize=32000", " analyzeduration = 500000 ", ""};
        assertThat(objection("ffmpegOptions", good)).isEmpty();
        assertThat(CameraSettings.of(config(Map.of("ffmpegOptions", good))).network().options())
                .containsOnly(
                        Map.entry("probesize", "32000"), Map.entry("analyzeduration", "500000"));
        assertThat(objection("ffmpegOptions", new String[] {"probesize=1", "cert_file=/etc/x"}))
                .contains("probesize")
                .endsWith("not cert_file.");
        assertThat(objection("ffmpegOptions", new String[] {"probesize"}))
                .endsWith("not probesize.");
    }

    /** The default settings of a board camera, but for these. */
    private static String boardObjection(Map<String, Object> changed) {
        Map<String, Object> all = new HashMap<>(changed);
        all.put("location", "rpicam:1");
        return CameraSettings.objection(config(all));
    }

    @ParameterizedTest
    @CsvSource({
        "autofocusMode, continuous",
        "autofocusMode, manual",
        "lensPosition, 0",
        "lensPosition, 4.25",
        "lensPosition, default",
        "tuningFile, /usr/share/libcamera/ipa/rpi/vc4/imx219_noir.json",
        "sensorMode, 2304:1296",
        "sensorMode, 2304:1296:10",
        "sensorMode, 4056:3040:12:U"
    })
    void boardCamerasHaveSettings(String name, String value) {
        assertThat(boardObjection(Map.of(name, value))).isEmpty();
        assertThat(objection(name, value))
                .contains("are for board cameras (rpicam), not for /dev/video0");
    }

    @ParameterizedTest
    @CsvSource({
        "autofocusMode, Auto",
        "autofocusMode, --config",
        "lensPosition, -1",
        "lensPosition, 33",
        "lensPosition, near",
        "tuningFile, imx219.json",
        "tuningFile, /etc/passwd",
        "sensorMode, 2304x1296",
        "sensorMode, 2304:1296:11",
        "sensorMode, 2304:1296:10:X"
    })
    void whatTheProgramWouldRefuseIsNamed(String name, String value) {
        assertThat(boardObjection(Map.of(name, value)))
                .startsWith(name + " is")
                .contains("\"" + value + "\"");
    }

    @Test
    void aLensThatIsSetDoesNotFocusByItself() {
        assertThat(boardObjection(Map.of("lensPosition", "2", "autofocusMode", "continuous")))
                .contains("against each other");
        assertThat(boardObjection(Map.of("lensPosition", "2", "autofocusMode", "manual")))
                .isEmpty();
        assertThat(boardObjection(Map.of("horizontalFlip", true))).isEmpty();
        assertThat(objection("verticalFlip", true)).contains("for board cameras");
    }
}
