// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.quality.FaceQualityMeter;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Set;

/** Measuring and judging faces as a service. */
@Component(
        service = {FaceQualityMeter.class, ConditionSource.class},
        configurationPid = QualityComponent.PID)
@Designate(ocd = QualityConfig.class)
public final class QualityComponent implements FaceQualityMeter, ConditionSource {
    /** Of the gates. */
    public static final String PID = "io.facegate.quality";

    private static final Logger LOG = LoggerFactory.getLogger(QualityComponent.class);

    private final Gates gates;

    @Activate
    public QualityComponent(QualityConfig config) {
        gates = Gates.of(config);
        gates.complaints().forEach(complaint -> LOG.warn("configuration {}: {}", PID, complaint));
    }

    @Override
    public FaceQuality measure(FaceDetection detection, Landmarks landmarks, FaceChip chip) {
        return FaceMeasure.of(detection, landmarks, chip);
    }

    @Override
    public Set<QualityProblem> problems(FaceQuality quality) {
        return gates.problems(quality);
    }

    @Override
    public String explain(QualityProblem problem, FaceQuality quality) {
        return gates.explain(problem, quality);
    }

    @Override
    public List<Condition> conditions() {
        return gates.complaints().isEmpty()
                ? List.of()
                : List.of(
                        new Condition(
                                "quality",
                                Condition.Level.DEGRADED,
                                "configuration "
                                        + PID
                                        + ": "
                                        + String.join("; ", gates.complaints())));
    }
}
