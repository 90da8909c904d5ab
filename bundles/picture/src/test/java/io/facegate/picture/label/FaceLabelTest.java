// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelKey;
import io.facegate.api.picture.Label;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.StageTimes;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

class FaceLabelTest {
    private static final Box SOMEWHERE = new Box(0, 0, 9, 9);
    private static final Match ALICE =
            new Match(
                    Optional.of(new UUID(0, 1)),
                    Optional.of("Alice"),
                    OptionalDouble.of(0.4149),
                    3,
                    3,
                    OptionalDouble.empty());
    private static final Match STRANGER =
            new Match(
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.of(0.7),
                    0,
                    3,
                    OptionalDouble.empty());

    @Test
    void boxesFollowTheScaling() {
        Label label = label(new Box(200, 100, 1920, 1440), ALICE, true, 1920, 1440);
        assertThat(label.box()).isEqualTo(new Box(66, 33, 640, 480));
        assertThat(label.text()).isEqualTo("Alice 0.41");
        assertThat(label.known()).isTrue();
    }

    @Test
    void tinyFaceKeepsABox() {
        Label label = label(new Box(6399, 4799, 6400, 4800), STRANGER, true, 6400, 4800);
        assertThat(label.box()).isEqualTo(new Box(639, 479, 640, 480));
        assertThat(label.text()).isEqualTo("unknown 0.70");
        assertThat(label.known()).isFalse();
    }

    @Test
    void emptyGalleryGivesNoDistance() {
        assertThat(label(SOMEWHERE, Match.NONE, true, 640, 480).text()).isEqualTo("unknown");
    }

    @Test
    void nothingIsSaidOfAFaceNobodyWasAskedAbout() {
        assertThat(label(SOMEWHERE, Match.NONE, false, 640, 480).text()).isEmpty();
    }

    @Test
    void aSettledFaceKeepsItsLabelWithoutBeingEncodedAgain() {
        assertThat(label(SOMEWHERE, ALICE, false, 640, 480).text()).isEqualTo("Alice 0.41");
        assertThat(label(SOMEWHERE, STRANGER, false, 640, 480).text()).isEqualTo("unknown 0.70");
    }

    @Test
    void saysWhyAFaceDoesNotCountWhileNobodyIsNamed() {
        assertThat(poor(Match.NONE, QualityProblem.BLURRED).text()).isEqualTo("blurred");
        assertThat(poor(Match.NONE, QualityProblem.LIGHT).text()).isEqualTo("badly lit");
        assertThat(poor(Match.NONE, QualityProblem.LIGHT).known()).isFalse();
        assertThat(poor(ALICE, QualityProblem.BLURRED).text()).isEqualTo("Alice 0.41");
    }

    private static Label poor(Match match, QualityProblem problem) {
        RecognizedFace face =
                new RecognizedFace(
                        new FaceDetection(SOMEWHERE, 1),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        match,
                        Optional.of("t1"),
                        Optional.of(problem));
        return label(face, 640, 480);
    }

    private static Label label(Box box, Match match, boolean encoded, int width, int height) {
        FaceDescriptor descriptor =
                new FaceDescriptor(new ModelKey("resnet", "aa"), new float[] {1, 2});
        RecognizedFace face =
                new RecognizedFace(
                        new FaceDetection(box, 1),
                        Optional.empty(),
                        Optional.empty(),
                        encoded ? Optional.of(descriptor) : Optional.empty(),
                        match,
                        Optional.of("t1"));
        return label(face, width, height);
    }

    private static Label label(RecognizedFace face, int width, int height) {
        FrameResult result =
                new FrameResult(
                        frame(width, height),
                        Outcome.RECOGNIZED,
                        List.of(face),
                        StageTimes.ZERO,
                        "");
        return FaceLabel.of(result, frame(640, 480)).get(0);
    }

    private static Frame frame(int width, int height) {
        return Frame.rgb("front", 0, Instant.EPOCH, width, height, new byte[3 * width * height]);
    }
}
