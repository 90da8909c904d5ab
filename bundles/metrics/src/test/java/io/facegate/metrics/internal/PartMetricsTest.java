// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.CameraState;
import io.facegate.api.model.ModelState;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.status.StaleServiceException;
import io.facegate.metrics.engine.Engine;
import io.facegate.metrics.process.ProcessFigures;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class PartMetricsTest {
    private static final ConditionSource CONDITIONS =
            () ->
                    List.of(
                            new Condition("store", Condition.Level.OK, ""),
                            new Condition("camera/front", Condition.Level.DEGRADED, "lost"),
                            new Condition("mqtt", Condition.Level.FAILED, "no password"));

    @Test
    void framesAddUpByCamera() {
        TextFormat text = write(full(100));
        assertThat(text.value("facegate_frames_offered_total{camera=front}"))
                .isEqualTo(
                        text.value("facegate_frames_accepted_total{camera=front}")
                                + text.value("facegate_frames_superseded_total{camera=front}")
                                + text.value("facegate_queue_depth{camera=front}"));
        assertThat(text.value("facegate_frames_accepted_total{camera=front}"))
                .isEqualTo(
                        outcome(text, "recognized")
                                + outcome(text, "no_face")
                                + outcome(text, "skipped")
                                + outcome(text, "failed")
                                + text.value("facegate_frames_in_progress{camera=front}"));
        assertThat(text.value("facegate_frames_searched_total{camera=front, search=full}"))
                .isEqualTo(100);
        assertThat(text.value("facegate_missing_parts{camera=front}")).isEqualTo(1);
    }

    @Test
    void facesJudgedAddUpByVerdict() {
        TextFormat text = write(full(100));
        double judged = 0;
        for (String verdict : List.of("passed", "small", "blurred", "turned", "light", "unsure")) {
            judged +=
                    text.value(
                            "facegate_faces_judged_total{camera=front, verdict=" + verdict + "}");
        }
        assertThat(judged + text.value("facegate_faces_unjudged_total{camera=front}"))
                .isEqualTo(text.value("facegate_faces_encoded_total{camera=front}"));
        assertThat(judged).isEqualTo(99);
        assertThat(text.value("facegate_quality_gates_enabled{camera=front}")).isEqualTo(1);
    }

    @Test
    void durationsAreSeconds() {
        TextFormat text = write(full(100));
        String labels = "{camera=front, stage=detect}";
        assertThat(text.type("facegate_stage_duration_seconds")).isEqualTo("histogram");
        assertThat(
                        text.value(
                                "facegate_stage_duration_seconds_bucket{camera=front, le=0.05,"
                                        + " stage=detect}"))
                .isEqualTo(100);
        assertThat(text.value("facegate_stage_duration_seconds_sum" + labels)).isEqualTo(0.75);
        assertThat(text.value("facegate_stage_duration_seconds_count" + labels)).isEqualTo(100);
        assertThat(
                        text.value(
                                "facegate_stage_recent_seconds{camera=front, percentile=95,"
                                        + " stage=total}"))
                .isEqualTo(0.11025);
    }

    @Test
    void countersOnlyRise() {
        TextFormat before = write(full(100));
        TextFormat after = write(full(101));
        before.samples()
                .forEach(
                        (series, value) -> {
                            String name = series.replaceFirst("\\{.*", "");
                            if ("counter".equals(before.type(name)) || name.endsWith("_bucket")) {
                                assertThat(after.value(series))
                                        .as(series)
                                        .isGreaterThanOrEqualTo(value);
                            }
                        });
        assertThat(outcome(after, "recognized")).isEqualTo(outcome(before, "recognized") + 1);
    }

    @Test
    void tellsOfEveryPart() {
        TextFormat text = write(full(1));
        assertThat(text.value("facegate_camera_online{camera=front}")).isEqualTo(1);
        assertThat(text.value("facegate_camera_online{camera=yard}")).isZero();
        assertThat(text.value("facegate_camera_frames_total{camera=front}")).isEqualTo(1234);
        assertThat(text.value("facegate_people{}")).isEqualTo(1);
        assertThat(text.samples())
                .containsEntry(
                        "facegate_encodings{model=dlib-resnet-v1, weights="
                                + Fakes.MODEL.weights()
                                + "}",
                        2.0)
                .containsEntry(
                        "facegate_counter_examples{model=dlib-resnet-v1, weights="
                                + Fakes.MODEL.weights()
                                + "}",
                        0.0)
                .containsEntry(
                        "facegate_model_info{format=dlib, kind=encoder, model=dlib-resnet-v1,"
                                + " state=accepted, version=1.0.0}",
                        1.0)
                .containsEntry("facegate_engine_in_use{engine=onnx, method=cnn, stage=detect}", 1.0)
                .containsEntry("facegate_condition_level{part=store}", 0.0)
                .containsEntry("facegate_condition_level{part=camera/front}", 1.0)
                .containsEntry("facegate_condition_level{part=mqtt}", 2.0)
                .containsEntry("facegate_outbox_messages{}", 3.0)
                .containsEntry("facegate_outbox_dropped_total{}", 1.0);
    }

    @Test
    void nobodyIsNamed() {
        assertThat(text(full(1))).doesNotContain("Alice");
    }

    @Test
    void whatIsMissingIsLeftOut() {
        assertThat(text(nothing())).isEmpty();
    }

    @Test
    void aPartThatFailsLeavesTheOthers() {
        Pipelines stale =
                new Pipelines() {
                    @Override
                    public List<PipelineStatus> status() {
                        throw new StaleServiceException("closed");
                    }

                    @Override
                    public void setRecognizing(String camera, boolean recognizing) {}
                };
        ConditionSource broken =
                () -> {
                    throw new IllegalStateException("going");
                };
        Parts parts =
                new Parts(
                        Optional.of(stale),
                        List.of(Fakes.camera("front", CameraState.ONLINE)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(broken, CONDITIONS),
                        Optional.empty());
        TextFormat text = write(parts);
        assertThat(text.value("facegate_camera_online{camera=front}")).isEqualTo(1);
        assertThat(text.value("facegate_condition_level{part=mqtt}")).isEqualTo(2);
    }

    @Test
    void theProcessHasTheUsualNames() {
        Exposition out = new Exposition();
        ProcessMetrics.build(out, "1.0.0", "pi-1");
        ProcessMetrics.write(out, ProcessFigures.read());
        TextFormat text = TextFormat.parse(out.text());
        assertThat(text.value("process_resident_memory_bytes{}")).isGreaterThan(1e6);
        assertThat(text.value("process_start_time_seconds{}")).isGreaterThan(1.6e9);
        assertThat(text.value("process_cpu_seconds_total{}")).isPositive();
        assertThat(text.value("jvm_memory_used_bytes{area=heap}")).isPositive();
        assertThat(out.text()).contains("facegate_build_info{version=\"1.0.0\",gateway=\"pi-1\"");
    }

    private static Parts full(long frames) {
        return new Parts(
                Optional.of(
                        Fakes.pipelines(Fakes.status("front", frames), Fakes.status("yard", 5))),
                List.of(
                        Fakes.camera("front", CameraState.ONLINE),
                        Fakes.camera("yard", CameraState.OFFLINE),
                        Fakes.camera("yard", CameraState.ONLINE)),
                Optional.of(Fakes.store("Alice")),
                Optional.of(
                        () ->
                                List.of(
                                        Fakes.model(ModelState.State.ACCEPTED),
                                        Fakes.model(ModelState.State.ACCEPTED))),
                List.of(new Engine("detect", "cnn", "onnx", "", "", true)),
                List.of(CONDITIONS, CONDITIONS),
                Optional.of(Fakes.outbox()));
    }

    private static Parts nothing() {
        return new Parts(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static double outcome(TextFormat text, String outcome) {
        return text.value("facegate_frames_total{camera=front, outcome=" + outcome + "}");
    }

    private static String text(Parts parts) {
        Exposition out = new Exposition();
        PartMetrics.write(out, parts);
        return out.text();
    }

    private static TextFormat write(Parts parts) {
        return TextFormat.parse(text(parts));
    }
}
