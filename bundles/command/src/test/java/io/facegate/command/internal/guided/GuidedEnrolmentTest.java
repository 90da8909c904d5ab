// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.CameraState;
import io.facegate.api.frame.FrameListener;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.command.internal.fake.FakeCamera;
import io.facegate.command.internal.fake.FakeEnroller;
import io.facegate.command.internal.fake.FakeFrames;
import io.facegate.command.internal.fake.FakeMeter;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeReader;
import io.facegate.command.internal.fake.FakeStages;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class GuidedEnrolmentTest {
    private static final FaceQuality FRONT = face(0, 0);
    private static final FaceQuality LEFT = face(20, 0);
    private static final FaceQuality RIGHT = face(-20, 0);
    private static final FaceQuality UP = face(0, 20);
    private static final FaceQuality DOWN = face(0, -20);

    private final FakeStore store = new FakeStore();
    private final FakeEnroller enroller = new FakeEnroller(store);
    private final FakeFrames frames = new FakeFrames();
    private final FakeCamera camera = new FakeCamera();
    private final FakeParts parts =
            new FakeParts(
                    store,
                    enroller,
                    frames,
                    new FakeMeter(),
                    FakeStages.encoder(),
                    FakeStages.landmarks(),
                    FakeStages.detector("hog"));
    private final Terminal terminal = new Terminal(parts);

    @Test
    void everyPoseIsTakenAndSaid() {
        show(FRONT, LEFT, RIGHT, UP, DOWN);
        assertThat(add("--json")).as(terminal.err()).isZero();
        assertThat(store.sources("Alice"))
                .containsExactly(
                        "camera:a.mp4/front",
                        "camera:a.mp4/left",
                        "camera:a.mp4/right",
                        "camera:a.mp4/up",
                        "camera:a.mp4/down");
        assertThat(terminal.err())
                .contains("Please look straight into the camera.\n")
                .contains("Took front; still missing: left, right, up, down\n")
                .contains("Please lower your chin.\n")
                .endsWith(
                        "Taken: front, left, right, up, down. Missing: none.\n"
                                + "Alice (5 encodings).\n");
        assertThat(terminal.out())
                .contains("\"name\":\"Alice\"", "\"camera\":\"a.mp4\"", "\"complete\":true")
                .contains("{\"pose\":\"left\",\"source\":\"camera:a.mp4/left\"", "\"yaw\":20.0");
    }

    @Test
    void upAndDownMayBeMissing() {
        show(FRONT, LEFT, RIGHT);
        assertThat(add()).as(terminal.err()).isZero();
        assertThat(terminal.err()).contains("Missing: up, down (not needed).\n");
    }

    @Test
    void aMissingSideIsAFailureAndWhatWasTakenStays() {
        show(FRONT, LEFT);
        assertThat(add()).isEqualTo(1);
        assertThat(store.sources("Alice")).hasSize(2);
        assertThat(terminal.err())
                .contains("Missing: right, up, down.\n")
                .contains("The same command again asks for what is missing.\n");
    }

    @Test
    void calledAgainItAsksForWhatIsMissing() {
        show(FRONT, LEFT);
        add();
        enroller.frames.clear();
        show(RIGHT);
        assertThat(add("--poses", "front,left,right")).as(terminal.err()).isZero();
        assertThat(terminal.err()).contains("Alice has front, left already; missing: right.\n");
        assertThat(store.sources("Alice")).hasSize(3);
        assertThat(add("--poses", "front,left,right")).isZero();
        assertThat(terminal.err())
                .endsWith("Alice has front, left, right already; --again takes them anew.\n");
    }

    @Test
    void againTakesAPoseInPlaceOfTheOldOne() {
        show(FRONT);
        add("--poses", "front");
        assertThat(add("--poses", "front", "--again")).as(terminal.err()).isZero();
        assertThat(store.sources("Alice")).containsExactly("camera:a.mp4/front");
    }

    @Test
    void whatIsSeenIsSaid() {
        show(new FaceQuality(120, 1, 100, 0, 0, 0, 1));
        add();
        assertThat(terminal.err()).contains("  front: too blurred: hold still\n");
        enroller.frames.clear();
        frames.frames = 1;
        add();
        assertThat(terminal.err()).contains("  front: no face\n");
        enroller.frames.add(List.of(FRONT, LEFT));
        add();
        assertThat(terminal.err()).contains("  front: 2 faces: only one person may be there\n");
        assertThat(store.gallery().people()).isEmpty();
    }

    @Test
    void whoLooksLikeSomebodyElseIsNeverTaken() {
        doubt(EnrolmentWarning.Kind.OTHER_PERSON, "looks like Bob");
        show(FRONT);
        assertThat(add()).isEqualTo(1);
        assertThat(terminal.err()).contains("refused front: looks like Bob\n");
        assertThat(store.gallery().people()).isEmpty();
    }

    @Test
    void aDoubtfulPoseIsTakenWithAWarningAndRefusedWhenStrict() {
        doubt(EnrolmentWarning.Kind.DUPLICATE, "nearly the same picture");
        show(FRONT);
        assertThat(add("--strict", "--poses", "front")).isEqualTo(1);
        assertThat(store.gallery().people()).isEmpty();
        assertThat(add("--poses", "front")).isZero();
        assertThat(terminal.err()).contains("front: nearly the same picture\n");
    }

    @Test
    void aLineIsWrittenOverOnATerminal() {
        terminal.terminal = true;
        show(FRONT);
        add();
        assertThat(terminal.err())
                .contains("\r\u001b[K  front: good, hold still  [missing: front, left, right")
                .contains("\r\u001b[KTook front");
    }

    @Test
    void framesOfTheGatewaysCameraAreTakenWhileTheCommandRuns() throws Exception {
        parts.add(camera);
        show(FRONT);
        Thread person =
                new Thread(
                        () -> {
                            while (!store.sources("Alice").contains("camera:front/front")) {
                                for (FrameListener one : parts.all(FrameListener.class)) {
                                    one.onFrame(FakeReader.frame("back", 99));
                                    one.onFrame(FakeReader.frame("front", 0));
                                }
                                Thread.onSpinWait();
                            }
                        });
        person.start();
        int code = terminal.run("people", "add", "Alice", "--camera", "front", "--poses", "front");
        person.join();
        assertThat(code).as(terminal.err()).isZero();
        assertThat(parts.all(FrameListener.class)).isEmpty();
    }

    @Test
    void aDeviceOfTheGatewayIsNamedByItsId() {
        parts.add(camera);
        assertThat(terminal.run("people", "add", "Alice", "--camera", "7")).isEqualTo(1);
        assertThat(terminal.err()).contains("use --camera front.");
        camera.state = CameraState.DISABLED;
        assertThat(terminal.run("people", "add", "Alice", "--camera", "front")).isEqualTo(1);
        assertThat(terminal.err()).contains("facegate camera enable front first");
    }

    @Test
    void aCameraThatIsNotThereIsSaid() {
        assertThat(terminal.run("people", "add", "Alice", "--camera", "back")).isEqualTo(1);
        assertThat(terminal.err()).contains("There is no camera or file back;");
        assertThat(terminal.run("people", "add", "Alice", "--camera", "missing.mp4")).isEqualTo(1);
        assertThat(terminal.err()).contains("missing.mp4: there is no such file\n");
    }

    @Test
    void aStopEndsItAndKeepsWhatWasTaken() {
        show(FRONT);
        frames.frames = 1000;
        // every frame is looked at: a live source might end before the first pose is taken
        frames.before =
                () -> {
                    if (!store.sources("Alice").isEmpty()) {
                        terminal.stop.stop();
                    }
                };
        for (int i = 3; i < 1000; i++) {
            enroller.frames.add(List.of(FRONT));
        }
        assertThat(add()).isEqualTo(1);
        assertThat(terminal.err()).contains("Stopped. Taken: front. Missing: left, right, up");
        assertThat(store.sources("Alice")).containsExactly("camera:a.mp4/front");
    }

    @Test
    void wrongUseIsSaid() {
        assertThat(terminal.run("people", "add", "Alice")).isEqualTo(2);
        assertThat(terminal.err()).contains("Which photos? Name files or folders, or a camera");
        assertThat(terminal.run("people", "add", "Alice", "a.jpg", "--camera", "0")).isEqualTo(2);
        assertThat(terminal.err()).contains("Either photos or --camera");
        assertThat(terminal.run("people", "add", "Alice", "a.jpg", "--again")).isEqualTo(2);
        assertThat(add("--poses", "back")).isEqualTo(2);
        assertThat(terminal.err()).contains("--poses are front, left, right, up, down");
        assertThat(add("--timeout", "0")).isEqualTo(2);
        assertThat(terminal.err()).contains("--timeout is 1 to 3600 seconds, not 0");
    }

    private int add(String... options) {
        List<Object> words = new ArrayList<>();
        words.addAll(List.of("people", "add", "Alice", "--camera", "a.mp4"));
        words.addAll(List.of(options));
        return terminal.run(words.toArray());
    }

    /** Three frames of each. */
    private void show(FaceQuality... faces) {
        for (FaceQuality face : faces) {
            enroller.frames.addAll(List.of(List.of(face), List.of(face), List.of(face)));
        }
        frames.frames = enroller.frames.size();
    }

    private void doubt(EnrolmentWarning.Kind kind, String message) {
        enroller.doubts.put("camera:a.mp4/front", new EnrolmentWarning(kind, message));
    }

    private static FaceQuality face(double yaw, double pitch) {
        return new FaceQuality(120, 5, 100, yaw, pitch, 0, 1);
    }
}
