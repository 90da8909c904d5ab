// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.StageLatency;
import io.facegate.api.recognition.WorkCounters;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class FaceCommandsTest {
    @TempDir private Path folder;

    private final FakeStore store = new FakeStore();
    private final FakeParts parts =
            new FakeParts(
                    store,
                    new FakeEnroller(store),
                    new FakeReader(),
                    new FakeRecognizer().with("a.jpg", FakeRecognizer.known("Alice", 0.3, 5)));
    private final FaceCommands face = new FaceCommands(parts);

    @Test
    void enrolsRenamesRecognisesAndDeletes() throws IOException {
        Path picture = Files.writeString(folder.resolve("a.jpg"), "2 faces");
        assertThat(face.enrol("Alice", picture.toString()))
                .isEqualTo("Alice (1 encoding): took the largest of 2 faces");
        assertThat(face.enrol("Alice", picture.toString())).contains("had this picture already");
        assertThat(face.recognize(picture.toString())).contains("Alice").contains("0.300");
        assertThat(face.rename("Alice", "Al")).isEqualTo("Alice is now Al (1 encoding)");
        assertThat(face.people()).contains("Al    1");
        assertThat(face.delete("Al")).isEqualTo("deleted Al (1 encoding)");
        assertThat(store.gallery().people()).isEmpty();
    }

    @Test
    void refusalsAreTextNotExceptions() throws IOException {
        Path empty = Files.writeString(folder.resolve("e.jpg"), "");
        assertThat(face.recognize(empty.toString())).isEqualTo("e.jpg: the file is empty");
        assertThat(face.rename("X", "Y")).isEqualTo("There is nobody called X.");
        assertThat(face.delete()).contains("whom");
        assertThat(face.models()).contains("\"ModelRegistry\" did not come");
        assertThat(face.enable("front", "maybe")).contains("on or off?");
        assertThat(face.enable("front", "on")).contains("There is no camera front");
    }

    @Test
    void showsStatesAndCounters() {
        ConditionSource source =
                () -> List.of(new Condition("store", Condition.Level.OK, "3 people"));
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
                                        List.of("encoder")));
                    }

                    @Override
                    public void setRecognizing(String camera, boolean recognizing) {}
                };
        parts.add(source);
        parts.add(pipelines);
        assertThat(face.status()).contains("ok     store  3 people");
        assertThat(face.counters())
                .contains("front: recognition on, 7.5 frames/s, 4 events, waiting for encoder")
                .contains("offered 9 = accepted 5 + superseded 3 + waiting 1")
                .contains("searched whole 1 + in part 0 + tracked only 2, 5 faces encoded")
                .contains("detect 20.0/40.0");
    }

    @Test
    void switchesACamera() {
        SwitchedCamera camera = new SwitchedCamera();
        parts.add(camera);
        assertThat(face.enable("front", "off")).isEqualTo("front is off");
        assertThat(camera.enabled).isFalse();
        face.enable("front", "on");
        assertThat(camera.enabled).isTrue();
        assertThat(face.cameras()).contains("front   online  640x480  12.5");
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
