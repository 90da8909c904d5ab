// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.recognition.EnrolmentWarning.Kind;
import io.facegate.api.recognition.Examination;
import io.facegate.api.store.NewEncoding;
import io.facegate.command.internal.fake.FakeStages;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

class PoseGuideTest {
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(100);
    private static final FaceDescriptor ALICE = descriptor(0);

    private PoseGuide guide = new PoseGuide(EnumSet.allOf(Pose.class), 0.6);
    private long now = 1;

    @Test
    void posesAreAskedForInTurnUntilEachIsTaken() {
        assertThat(take(0, 5)).isEqualTo(Pose.FRONT);
        assertThat(guide.asked(now)).contains(Pose.LEFT);
        assertThat(take(20, 5)).isEqualTo(Pose.LEFT);
        assertThat(take(-20, 5)).isEqualTo(Pose.RIGHT);
        assertThat(take(0, 16)).isEqualTo(Pose.UP);
        assertThat(take(0, -6)).isEqualTo(Pose.DOWN);
        assertThat(guide.asked(now)).isEmpty();
    }

    @Test
    void theSharpestOfThreeFramesIsTaken() {
        see(0, 0, 5);
        see(1, 0, 30);
        assertThat(guide.best(now, false)).isEmpty();
        see(2, 0, 6);
        assertThat(guide.best(now, false).orElseThrow().quality().sharpness()).isEqualTo(30);
        assertThat(guide.best(now, true)).as("given once").isEmpty();
    }

    @Test
    void oneFrameIsEnoughAfterASecondOrAtTheEnd() {
        see(0, 0, 5);
        assertThat(guide.best(now, false)).isEmpty();
        assertThat(guide.best(now + TimeUnit.SECONDS.toNanos(2), false)).isPresent();
        see(0, 0, 5);
        assertThat(guide.best(now, true)).isPresent();
    }

    @Test
    void aSideThatIsShownOutOfTurnIsTakenToo() {
        assertThat(see(20, 0, 5)).isEqualTo("a little to your right");
        assertThat(guide.best(now, true).orElseThrow().pose()).isEqualTo(Pose.LEFT);
        assertThat(guide.asked(now)).contains(Pose.FRONT);
    }

    @Test
    void upAndDownAreMeasuredFromThePersonsOwnLookStraightAhead() {
        only(Pose.UP, Pose.DOWN);
        // a face measured at 20 degrees up when it looks straight ahead
        assertThat(guide.request(Pose.UP, now)).isEqualTo("look straight into the camera");
        for (int i = 0; i < 3; i++) {
            assertThat(see(0, 20, 5)).isEqualTo("good, hold still");
        }
        assertThat(guide.best(now, true)).isEmpty();
        assertThat(guide.request(Pose.UP, now)).isEqualTo("lift your chin");
        assertThat(see(0, 27, 5)).isEqualTo("further");
        assertThat(see(0, 13, 5)).isEqualTo("the other way");
        assertThat(take(0, 31)).isEqualTo(Pose.UP);
        assertThat(take(0, 9)).isEqualTo(Pose.DOWN);
    }

    @Test
    void upAndDownAreGivenUpAfterAWhile() {
        only(Pose.UP, Pose.DOWN);
        see(0, 0, 5);
        now += TimeUnit.SECONDS.toNanos(2);
        assertThat(guide.asked(now)).contains(Pose.UP);
        now += PoseGuide.OPTIONAL_NANOS;
        assertThat(guide.asked(now)).contains(Pose.DOWN);
        now += PoseGuide.OPTIONAL_NANOS;
        assertThat(guide.asked(now)).isEmpty();
        see(0, 20, 5);
        assertThat(guide.best(now, true)).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidAndSuchAFrameNeverTaken() {
        assertThat(see(Kind.BLURRED, 0, ALICE)).isEqualTo("too blurred: hold still");
        assertThat(see(Kind.SMALL, 0, ALICE)).isEqualTo("too small: come nearer");
        assertThat(see(Kind.LIGHT, 0, ALICE)).isEqualTo("too dark: more light from the front");
        assertThat(see(Kind.UNSURE, 0, ALICE)).startsWith("hardly a face");
        assertThat(see(Kind.TURNED, 0, ALICE)).as("far up").isEqualTo("neither up nor down");
        assertThat(guide.best(now, true)).isEmpty();
    }

    @Test
    void whereToTurnIsSaidByThePersonsOwnLeftAndRight() {
        take(0, 0);
        assertThat(see(3, 0, 5)).isEqualTo("further");
        assertThat(see(-10, 0, 5)).isEqualTo("the other way");
        assertThat(see(38, 0, 5)).isEqualTo("too far: a little back");
        assertThat(guide.best(now, true)).isEmpty();
    }

    @Test
    void aTurnThatWasAskedForIsNoDoubt() {
        see(Kind.TURNED, 30, ALICE);
        PoseGuide.Shot shot = guide.best(now, true).orElseThrow();
        Examination kept = shot.kept("camera:front/left");
        assertThat(kept.warnings()).isEmpty();
        assertThat(kept.source()).isEqualTo("camera:front/left");
        assertThat(kept.faces().get(0).encoding().source()).isEqualTo("camera:front/left");
    }

    @Test
    void anotherFaceThanBeforeIsNotTaken() {
        take(0, 0);
        EnrolmentWarning[] none = {};
        assertThat(guide.see(examination(quality(20, 0, 5), descriptor(1), none), now))
                .isEqualTo("another person than before");
        assertThat(guide.best(now, true)).isEmpty();
    }

    private void only(Pose... poses) {
        guide = new PoseGuide(Arrays.asList(poses), 0.6);
    }

    /** Shows a pose in three frames and takes it. */
    private Pose take(double yaw, double pitch) {
        for (int i = 0; i < 3; i++) {
            see(yaw, pitch, 5);
        }
        PoseGuide.Shot shot = guide.best(now, false).orElseThrow();
        guide.taken(shot);
        return shot.pose();
    }

    private String see(double yaw, double pitch, double sharpness) {
        now += FRAME;
        return guide.see(examination(quality(yaw, pitch, sharpness), ALICE), now);
    }

    private String see(Kind doubt, double yaw, FaceDescriptor face) {
        now += FRAME;
        EnrolmentWarning warning = new EnrolmentWarning(doubt, "doubtful");
        return guide.see(examination(quality(yaw, 0, 5), face, warning), now);
    }

    private static FaceQuality quality(double yaw, double pitch, double sharpness) {
        return new FaceQuality(120, sharpness, 100, yaw, pitch, 0, 1);
    }

    private static FaceDescriptor descriptor(float value) {
        return new FaceDescriptor(FakeStages.MODEL.key(), new float[] {value});
    }

    private static Examination examination(
            FaceQuality quality, FaceDescriptor descriptor, EnrolmentWarning... warnings) {
        Examination.Face face =
                new Examination.Face(
                        new Box(0, 0, 120, 120),
                        new NewEncoding(descriptor, Optional.empty(), "front", ""),
                        Optional.of(quality));
        return new Examination("Alice", "front", 0.6, List.of(face), 1, false, List.of(warnings));
    }
}
