// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.quality.FaceQuality;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.status.Condition;

import org.junit.jupiter.api.Test;

import java.lang.annotation.Annotation;

class GatesTest {
    private static final FaceQuality GOOD = new FaceQuality(120, 12, 110, 5, -4, 3, 1.4);

    @Test
    void goodFaceHasNoProblem() {
        assertThat(Gates.DEFAULT.problems(GOOD)).isEmpty();
    }

    @Test
    void everyProblemIsFoundAndExplained() {
        FaceQuality bad = new FaceQuality(36, 0.4, 12, -50, 40, 41, 0.02);
        assertThat(Gates.DEFAULT.problems(bad)).containsExactly(QualityProblem.values());
        for (QualityProblem problem : QualityProblem.values()) {
            assertThat(Gates.DEFAULT.explain(problem, bad)).isNotBlank().doesNotContain("\n");
        }
        assertThat(Gates.DEFAULT.explain(QualityProblem.SMALL, bad)).contains("36", "60");
        assertThat(Gates.DEFAULT.explain(QualityProblem.BLURRED, bad)).contains("0.4", "2.0");
        assertThat(Gates.DEFAULT.explain(QualityProblem.TURNED, bad))
                .contains("50 degrees to its side", "40 degrees up", "41 degrees tilted");
        assertThat(Gates.DEFAULT.explain(QualityProblem.LIGHT, bad)).contains("dark");
    }

    @Test
    void theGateItselfPasses() {
        FaceQuality face = new FaceQuality(60, 2, 30, 35, -35, 35, 0.1);
        assertThat(Gates.DEFAULT.problems(face)).isEmpty();
    }

    @Test
    void gatesCanBeOpened() {
        Gates open = Gates.of(new Configuration(0, 0, 90, 0));
        FaceQuality bad = new FaceQuality(1, 0, 0, 89, 89, 89, -1);
        assertThat(open.problems(bad)).containsExactly(QualityProblem.UNSURE);
        assertThat(open.complaints()).isEmpty();
    }

    @Test
    void invalidValuesAreReplacedAndTold() {
        QualityComponent component = new QualityComponent(new Configuration(-1, 2000, 35, 30));
        assertThat(component.problems(GOOD)).isEmpty();
        assertThat(component.conditions())
                .singleElement()
                .satisfies(
                        condition -> {
                            assertThat(condition.level()).isEqualTo(Condition.Level.DEGRADED);
                            assertThat(condition.message())
                                    .contains("minSize is 0 to 10000, not -1.0; 60.0 is used")
                                    .contains("minSharpness");
                        });
    }

    /** A configuration as SCR would make it. */
    private record Configuration(
            int minSize, double minSharpness, double maxYaw, double minBrightness)
            implements QualityConfig {
        @Override
        public double maxPitch() {
            return maxYaw;
        }

        @Override
        public double maxRoll() {
            return maxYaw;
        }

        @Override
        public double minScore() {
            return 0.1;
        }

        @Override
        public double maxBrightness() {
            return 225;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return QualityConfig.class;
        }
    }
}
