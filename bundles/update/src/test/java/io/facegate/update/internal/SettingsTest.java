// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.ModelState;
import io.facegate.api.status.Condition.Level;

import org.junit.jupiter.api.Test;

import java.lang.annotation.Annotation;
import java.util.List;

class SettingsTest {
    @Test
    void valuesInRangeAreTaken() {
        assertThat(Settings.of(config(0, 100_000)))
                .isEqualTo(new Settings(false, 0, 100_000, List.of()));
    }

    @Test
    void valuesOutOfRangeAreNamedAndTheDefaultIsUsed() {
        Settings settings = Settings.of(config(-5, 0));
        assertThat(settings.shadowSeconds()).isEqualTo(60);
        assertThat(settings.shadowFaces()).isEqualTo(50);
        assertThat(settings.complaints())
                .containsExactly(
                        "shadowSeconds is 0 to 604800, not -5; 60 is used",
                        "shadowFaces is 1 to 100000, not 0; 50 is used");
        FakeParts parts = new FakeParts();
        parts.install(FakeParts.OLD, ModelState.State.ACCEPTED, "");
        UpdateThread thread = new UpdateThread(parts, new LiveFaces(), settings);
        assertThat(UpdateConditions.of(thread.status(), parts.choice(), settings.complaints()))
                .anyMatch(
                        c ->
                                c.level() == Level.DEGRADED
                                        && c.message().startsWith("shadowSeconds is 0 to"));
    }

    private static UpdateConfig config(int seconds, int faces) {
        return new UpdateConfig() {
            @Override
            public Class<? extends Annotation> annotationType() {
                return UpdateConfig.class;
            }

            @Override
            public boolean autoActivate() {
                return false;
            }

            @Override
            public int shadowSeconds() {
                return seconds;
            }

            @Override
            public int shadowFaces() {
                return faces;
            }
        };
    }
}
