// SPDX-License-Identifier: Apache-2.0
package io.facegate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.CaptureTime;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;
import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.ModelKey;
import io.facegate.api.recognition.LatencyHistogram;
import io.facegate.api.recognition.Match;
import io.facegate.api.store.GallerySection;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

class ValuesTest {
    private static final ModelKey MODEL = new ModelKey("resnet", "aa");

    @Test
    void overlapIsIntersectionOverUnion() {
        Box box = new Box(0, 0, 10, 10);
        assertThat(box.overlap(box)).isEqualTo(1);
        assertThat(box.overlap(new Box(10, 0, 20, 10))).isZero();
        assertThat(box.overlap(new Box(5, 0, 15, 10))).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void aBoxOutsideThePictureOrWithoutPixelsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Box(-1, 0, 5, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Box(5, 0, 5, 5));
    }

    @Test
    void aFrameThatDoesNotFitItsBytesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Frame(
                                        "c",
                                        0,
                                        Instant.EPOCH,
                                        PixelFormat.RGB24,
                                        4,
                                        4,
                                        12,
                                        new byte[47]));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Frame(
                                        "c",
                                        0,
                                        Instant.EPOCH,
                                        PixelFormat.GRAY8,
                                        4,
                                        4,
                                        3,
                                        new byte[99]));
    }

    @Test
    void theLastRowNeedsNoPadding() {
        Frame frame = new Frame("c", 0, Instant.EPOCH, PixelFormat.GRAY8, 4, 2, 16, new byte[20]);
        assertThat(frame.stride()).isEqualTo(16);
    }

    @Test
    void timeThatPassedIsMeasuredWithoutTheClock() {
        CaptureTime boot = new CaptureTime(Instant.EPOCH, -5);
        CaptureTime later = new CaptureTime(Instant.parse("2026-11-28T20:00:00Z"), 2_999_999_995L);
        assertThat(boot.until(later)).isEqualTo(Duration.ofSeconds(3));
        assertThat(later.until(boot)).isEqualTo(Duration.ofSeconds(-3));
        assertThat(boot.steppedUntil(later)).isTrue();
        assertThat(boot.by(later)).isEqualTo("2026-11-28T19:59:57Z");
        assertThat(later.by(boot)).isEqualTo("1970-01-01T00:00:03Z");
        CaptureTime slow = new CaptureTime(boot.clock().plusMillis(2100), later.nanos());
        assertThat(boot.steppedUntil(slow)).isFalse();
        assertThat(boot.by(slow)).isEqualTo(boot.clock());
    }

    @Test
    void aFrameGoesUnderAnotherNameWithItsTimeAndPixels() {
        CaptureTime at = new CaptureTime(Instant.EPOCH, 42);
        Frame frame = Frame.rgb("file", 3, at, 1, 1, new byte[3]);
        Frame named = frame.of("front", 9);
        assertThat(named.sourceId()).isEqualTo("front");
        assertThat(named.sequence()).isEqualTo(9);
        assertThat(named.captured()).isEqualTo(at);
        assertThat(named.pixels()).isSameAs(frame.pixels());
    }

    @Test
    void distanceIsEuclidean() {
        FaceDescriptor a = new FaceDescriptor(MODEL, new float[] {0, 0, 3});
        FaceDescriptor b = new FaceDescriptor(MODEL, new float[] {0, 4, 0});
        assertThat(a.distanceTo(b)).isEqualTo(5);
    }

    @Test
    void descriptorsOfDifferentWeightsAreNotCompared() {
        FaceDescriptor a = new FaceDescriptor(MODEL, new float[] {1});
        FaceDescriptor b = new FaceDescriptor(new ModelKey("resnet", "bb"), new float[] {1});
        assertThatIllegalArgumentException().isThrownBy(() -> a.distanceTo(b));
    }

    @Test
    void aDescriptorIsFiniteAndKeepsItsValuesToItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FaceDescriptor(MODEL, new float[] {Float.NaN}));
        float[] values = {1, 2};
        FaceDescriptor descriptor = new FaceDescriptor(MODEL, values);
        values[0] = 9;
        assertThat(descriptor.toArray()).containsExactly(1, 2);
        assertThat(descriptor.toString()).doesNotContain("1.0").contains("resnet");
    }

    @Test
    void scoreFallsFromOneToZeroAtTwiceTheToleranceOfDlib() {
        EncoderTraits dlib = EncoderTraits.DLIB;
        assertThat(dlib.score(0, 0.6)).isEqualTo(1);
        assertThat(dlib.score(0.3, 0.6)).isEqualTo(0.75);
        assertThat(dlib.score(0.6, 0.6)).isEqualTo(0.5);
        assertThat(dlib.score(0.9, 0.6)).isCloseTo(0.25, within(1e-12));
        assertThat(dlib.score(1.3, 0.6)).isZero();
        assertThat(dlib.score(0.5, 0.5)).isEqualTo(0.5);
    }

    @Test
    void anEncoderSaysWhereFacesHaveNothingInCommon() {
        var traits = new EncoderTraits(512, Metric.COSINE, EncoderInput.DLIB, 1.1, 1.4);
        assertThat(traits.score(0, 1.1)).isEqualTo(1);
        assertThat(traits.score(1.1, 1.1)).isEqualTo(0.5);
        assertThat(traits.score(1.25, 1.1)).isCloseTo(0.25, within(1e-12));
        assertThat(traits.score(1.4, 1.1)).isZero();
        assertThat(traits.scaled(0.6)).isEqualTo(1.1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EncoderTraits(1, Metric.COSINE, EncoderInput.DLIB, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EncoderTraits(0, Metric.COSINE, EncoderInput.DLIB, 1, 2));
    }

    @Test
    void aPersonHasAnIdAndAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Match(
                                        Optional.of(new UUID(0, 1)),
                                        Optional.empty(),
                                        OptionalDouble.empty(),
                                        0,
                                        0,
                                        OptionalDouble.empty()));
    }

    @Test
    void upsamplingIsBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DetectionOptions(3, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DetectionOptions(0, -1, 0));
    }

    @Test
    void aSectionHasAsManyVectorsAsOwners() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new GallerySection(MODEL, 2, List.of(), new int[2], new float[3]));
    }

    @Test
    void aHistogramHasOneCountMoreThanBounds() {
        LatencyHistogram histogram =
                new LatencyHistogram(List.of(1.0, 10.0), List.of(3L, 0L, 2L), 99.5);
        assertThat(histogram.count()).isEqualTo(5);
        assertThat(LatencyHistogram.EMPTY.count()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatencyHistogram(List.of(1.0), List.of(1L), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatencyHistogram(List.of(2.0, 1.0), List.of(1L, 2L, 3L), 0));
    }

    private static Match match(double distance) {
        return new Match(
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(distance),
                0,
                0,
                OptionalDouble.empty());
    }
}
