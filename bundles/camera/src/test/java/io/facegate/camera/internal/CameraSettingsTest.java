// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.Proxy;
import java.util.Map;

class CameraSettingsTest {
    /** The default settings, but for these. */
    private static LiveCamera.Config config(Map<String, Object> changed) {
        return (LiveCamera.Config)
                Proxy.newProxyInstance(
                        CameraSettingsTest.class.getClassLoader(),
                        new Class<?>[] {LiveCamera.Config.class},
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
}
