// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.Strategy;
import io.facegate.api.status.Condition;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.track.TrackRules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;

class SettingsTest {
    @TempDir private Path data;

    /** A configuration with some values set; an exception as value is thrown, as SCR does. */
    static PipelineConfig config(Map<String, Object> values) {
        return (PipelineConfig)
                Proxy.newProxyInstance(
                        SettingsTest.class.getClassLoader(),
                        new Class<?>[] {PipelineConfig.class},
                        (proxy, method, args) -> {
                            Object value =
                                    values.getOrDefault(method.getName(), method.getDefaultValue());
                            if (value instanceof RuntimeException e) {
                                throw e;
                            }
                            return value;
                        });
    }

    private Settings settings(Map<String, Object> values) {
        return Settings.of(config(values), data);
    }

    @Test
    void nothingConfiguredGivesTheDefaults() {
        assertThat(settings(Map.of())).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void valuesAreTaken() {
        Settings settings =
                settings(
                        (Map.of(
                                "detectionMethod",
                                " CNN",
                                "strategy",
                                "Vote",
                                "tolerance",
                                0.5,
                                "trackLostMillis",
                                3000)));
        assertThat(settings.complaints()).isEmpty();
        assertThat(settings.recognition().detectionMethod()).isEqualTo("cnn");
        assertThat(settings.recognition().strategy()).isEqualTo(Strategy.VOTE);
        assertThat(settings.recognition().tolerances().of(Fakes.model("m"))).isEqualTo(0.5);
        assertThat(settings.tracks().lostMillis()).isEqualTo(3000);
        assertThat(settings.condition().level()).isEqualTo(Condition.Level.OK);
    }

    @Test
    void invalidValuesAreReplacedAndNamedOnALineEach() {
        Settings settings =
                settings(
                        (Map.of(
                                "detectionMethod",
                                "haar",
                                "strategy",
                                "guess",
                                "upsample",
                                3,
                                "tolerance",
                                Double.NaN,
                                "k",
                                0,
                                "decideFrames",
                                6,
                                "minMargin",
                                -1.0,
                                "minFace",
                                new IllegalStateException("no number"))));
        assertThat(settings.complaints()).hasSize(8);
        assertThat(settings.complaints().get(0))
                .isEqualTo("detectionMethod is hog, cnn or yunet, not haar; hog is used instead");
        assertThat(settings.recognition()).isEqualTo(Settings.DEFAULT.recognition());
        assertThat(settings.tracks()).isEqualTo(TrackRules.DEFAULT);
        assertThat(settings.condition().level()).isEqualTo(Condition.Level.DEGRADED);
    }
}
