// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.GateCounters;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.WorkCounters;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class GatewayCommandsTest {
    private final FakeParts parts = new FakeParts();
    private final Terminal terminal = new Terminal(parts);
    private final List<String> switched = new ArrayList<>();

    private void add(Condition condition) {
        ConditionSource source = () -> List.of(condition);
        parts.add(source);
    }

    @Test
    void statusIsATableOfEveryPart() {
        add(new Condition("store", Condition.Level.OK, "3 people"));
        assertThat(terminal.run("status")).isZero();
        assertThat(terminal.out()).contains("ok     store  3 people");
        assertThat(terminal.run("status", "--json")).isZero();
        assertThat(terminal.out())
                .endsWith(
                        "{\"parts\":[{\"part\":\"store\",\"state\":\"ok\",\"message\":\"3"
                                + " people\"}],\"quality_gates\":{}}\n");
    }

    @Test
    void statusFailsWhenAPartHasFailed() {
        add(new Condition("store", Condition.Level.OK, "3 people"));
        add(new Condition("mqtt", Condition.Level.DEGRADED, "no broker"));
        assertThat(terminal.run("status")).isZero();
        add(new Condition("camera/front", Condition.Level.FAILED, "no such device"));
        assertThat(terminal.run("status")).isEqualTo(1);
        assertThat(terminal.out()).contains("failed    camera/front  no such device");
    }

    @Test
    void countersTellWhatBecameOfFrames() {
        Pipelines pipelines =
                new Pipelines() {
                    @Override
                    public List<PipelineStatus> status() {
                        return List.of(
                                new PipelineStatus(
                                        "front",
                                        true,
                                        new PipelineCounters(9, 5, 3, 1, 2, 1, 1, 0, 1, 4),
                                        new WorkCounters(1, 0, 2, 5),
                                        7.5,
                                        List.of(new StageLatency("detect", 20, 40)),
                                        List.of("encoder"),
                                        new GateCounters(
                                                true,
                                                4,
                                                3,
                                                Map.of(QualityProblem.BLURRED, 1L),
                                                1)));
                    }

                    @Override
                    public void setRecognizing(String camera, boolean recognizing) {
                        switched.add(camera + " " + recognizing);
                    }
                };
        parts.add(pipelines);
        parts.add(new SwitchedCamera());
        assertThat(terminal.run("camera", "counters")).isZero();
        assertThat(terminal.out())
                .contains("front: recognition on, 7.5 frames/s, 4 events, waiting for encoder")
                .contains("offered 9 = accepted 5 + superseded 3 + waiting 1")
                .contains("searched whole 1 + in part 0 + tracked only 2, 5 faces encoded")
                .contains("faces judged 4 = good 3 + small 0 + blurred 1 + turned 0 + light 0")
                .contains("detect 20.0/40.0");
        assertThat(terminal.run("camera", "counters", "--json")).isZero();
        assertThat(terminal.out())
                .contains("{\"pipelines\":[{\"camera\":\"front\",\"recognition\":true,\"fps\":7.5,")
                .contains("\"stages\":{\"detect\":{\"p50_ms\":20.0,\"p95_ms\":40.0}}")
                .contains("\"missing\":[\"encoder\"]")
                .contains("\"quality_gates\":{\"on\":true,\"judged\":4,\"passed\":3,\"small\":0");
        assertThat(terminal.run("status")).isZero();
        assertThat(terminal.out())
                .endsWith(
                        "front: faces judged 4 = good 3 + small 0 + blurred 1 + turned 0"
                                + " + light 0 + unsure 0, not judged 1\n");
        assertThat(terminal.run("camera", "recognition", "front", "off")).isZero();
        assertThat(terminal.run("camera", "recognition", "front", "on")).isZero();
        assertThat(terminal.run("camera", "recognition", "back", "on")).isEqualTo(1);
        assertThat(terminal.run("camera", "recognition", "front", "maybe")).isEqualTo(2);
        assertThat(switched).containsExactly("front false", "front true");
    }

    @Test
    void switchesCamerasAllOrNone() {
        SwitchedCamera camera = new SwitchedCamera();
        parts.add(camera);
        assertThat(terminal.run("camera", "disable", "front", "back")).isEqualTo(1);
        assertThat(terminal.err()).startsWith("There is no camera back;");
        assertThat(camera.enabled).isTrue();
        assertThat(terminal.run("camera", "disable", "front")).isZero();
        assertThat(camera.enabled).isFalse();
        assertThat(terminal.run("camera", "enable", "front")).isZero();
        assertThat(camera.enabled).isTrue();
        assertThat(terminal.run("camera", "enable")).isEqualTo(2);
        assertThat(terminal.run("camera")).isEqualTo(2);
    }

    @Test
    void listsCameras() {
        parts.add(new SwitchedCamera());
        assertThat(terminal.run("camera", "list")).isZero();
        assertThat(terminal.out()).contains("front   online  640x480  12.5");
        assertThat(terminal.run("camera", "list", "--json")).isZero();
        assertThat(terminal.out())
                .endsWith(
                        "{\"cameras\":[{\"id\":\"front\",\"state\":\"online\",\"width\":640,"
                                + "\"height\":480,\"fps\":12.5,\"frames\":3,"
                                + "\"location\":\"/dev/video0\",\"message\":\"\"}]}\n");
    }

    private static final class SwitchedCamera implements Camera {
        private boolean enabled = true;

        @Override
        public String id() {
            return "front";
        }

        @Override
        public String location() {
            return "/dev/video0";
        }

        @Override
        public CameraStatus status() {
            return new CameraStatus(CameraState.ONLINE, "", 640, 480, 12.5, 3);
        }

        @Override
        public void setEnabled(boolean on) {
            enabled = on;
        }
    }
}
