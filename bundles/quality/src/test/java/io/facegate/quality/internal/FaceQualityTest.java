// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.encoder.Point;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.quality.QualityProblem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;

class FaceQualityTest {
    @Test
    void everyReferencePicturePassesTheDefaultGates() throws IOException {
        assertThat(GoldenFaces.peer())
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        face ->
                                assertThat(Gates.DEFAULT.problems(measure(face, face.chip())))
                                        .as(face.file())
                                        .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"2.0,2.0", "3.0,3.0", "3.0,0.3", "0.3,3.0"})
    void blurredAndMovedFacesDoNot(double acrossSigma, double downSigma) throws IOException {
        List<GoldenFaces.Face> faces = GoldenFaces.peer();
        // a smaller face has fewer pixels than its chip, and is told to be small
        faces.removeIf(face -> face.detection().box().width() < 100);
        assertThat(faces).hasSizeGreaterThan(20);
        for (GoldenFaces.Face face : faces) {
            FaceChip blurred = Blur.of(face.chip(), acrossSigma, downSigma);
            assertThat(Gates.DEFAULT.problems(measure(face, blurred)))
                    .as(face.file())
                    .contains(QualityProblem.BLURRED);
        }
    }

    @Test
    void dimLightIsNoBlur() throws IOException {
        for (GoldenFaces.Face face : GoldenFaces.peer()) {
            byte[] dim = face.chip().rgb().clone();
            for (int i = 0; i < dim.length; i += 3) {
                // filling outside the picture stays black
                boolean filling = (dim[i] | dim[i + 1] | dim[i + 2]) == 0;
                for (int j = i; j < i + 3 && !filling; j++) {
                    dim[j] = (byte) (30 + (dim[j] & 0xff) / 4);
                }
            }
            double bright = measure(face, face.chip()).sharpness();
            assertThat(measure(face, new FaceChip(face.chip().size(), dim)).sharpness())
                    .isBetween(0.8 * bright, 1.3 * bright);
        }
    }

    @Test
    void blackFillingOutsideThePictureIsNotSharp() throws IOException {
        GoldenFaces.Face face = GoldenFaces.peer().get(0);
        FaceChip blurred = Blur.of(face.chip(), 3, 3);
        byte[] cut = blurred.rgb().clone();
        java.util.Arrays.fill(cut, 0, 3 * 150 * 50, (byte) 0);
        assertThat(measure(face, new FaceChip(150, cut)).sharpness())
                .isCloseTo(measure(face, blurred).sharpness(), within(0.5));
    }

    @Test
    void mirroredLandmarksGiveMirroredYawAndRoll() throws IOException {
        for (GoldenFaces.Face face : GoldenFaces.peer()) {
            Pose pose = Pose.of(face.landmarks());
            Pose mirrored = Pose.of(mirrored(face.landmarks()));
            assertThat(mirrored.yaw()).isCloseTo(-pose.yaw(), within(1e-9));
            assertThat(mirrored.roll()).isCloseTo(-pose.roll(), within(1e-9));
            assertThat(mirrored.pitch()).isCloseTo(pose.pitch(), within(1e-9));
        }
    }

    @Test
    void noseToThePicturesRightIsPositiveYaw() {
        assertThat(Pose.of(face(12, 55)).yaw()).isBetween(20.0, 40.0);
        assertThat(Pose.of(face(-12, 55)).yaw()).isBetween(-40.0, -20.0);
        assertThat(Pose.of(face(0, 54)).yaw()).isZero();
    }

    @Test
    void noseNearTheEyesLooksUp() {
        assertThat(Pose.of(face(0, 40)).pitch()).isBetween(15.0, 35.0);
        assertThat(Pose.of(face(0, 68)).pitch()).isBetween(-35.0, -15.0);
        assertThat(Pose.of(face(0, 54)).pitch()).isZero();
    }

    @Test
    void tiltingChangesRollAlone() {
        Landmarks upright = face(10, 50);
        double angle = Math.toRadians(30);
        Landmarks tilted =
                new Landmarks(
                        upright.points().stream()
                                .map(
                                        p ->
                                                new Point(
                                                        turned(p.x(), p.y(), angle),
                                                        turned(p.y(), -p.x(), angle)))
                                .toList());
        assertThat(Pose.of(tilted).roll()).isCloseTo(30, within(0.5));
        assertThat(Pose.of(tilted).yaw()).isCloseTo(Pose.of(upright).yaw(), within(1.0));
        assertThat(Pose.of(tilted).pitch()).isCloseTo(Pose.of(upright).pitch(), within(1.0));
    }

    @Test
    void landmarksOfAnotherPredictorHaveNoPose() {
        assertThat(Pose.of(new Landmarks(List.of(new Point(1, 2))))).isEqualTo(Pose.UNKNOWN);
        Point p = new Point(3, 3);
        assertThat(Pose.of(new Landmarks(List.of(p, p, p, p, p)))).isEqualTo(Pose.UNKNOWN);
    }

    private static int turned(int along, int across, double angle) {
        return (int) Math.round(10 * (along * Math.cos(angle) - across * Math.sin(angle)));
    }

    /** Outer corners of the eyes 100 apart, the nose so far to the right and down. */
    private static Landmarks face(int nose, int down) {
        return new Landmarks(
                List.of(
                        new Point(150, 100),
                        new Point(125, 100),
                        new Point(50, 100),
                        new Point(75, 100),
                        new Point(100 + nose, 100 + down)));
    }

    private static Landmarks mirrored(Landmarks landmarks) {
        List<Point> p = landmarks.points();
        return new Landmarks(
                List.of(p.get(2), p.get(3), p.get(0), p.get(1), p.get(4)).stream()
                        .map(point -> new Point(1000 - point.x(), point.y()))
                        .toList());
    }

    private static FaceQuality measure(GoldenFaces.Face face, FaceChip chip) {
        return FaceMeasure.of(face.detection(), face.landmarks(), chip);
    }
}
