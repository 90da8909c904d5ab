// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GallerySection;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** People stand on axes of their own, strangers at the origin of all. */
class FaceTrackerTest {
    private static final Box LEFT = new Box(100, 100, 200, 200);
    private static final Box RIGHT = new Box(400, 100, 500, 200);
    private static final FaceDescriptor ANN = Fakes.descriptor(SharedData.MODEL, 1);
    private static final FaceDescriptor BOB = Fakes.descriptor(SharedData.MODEL, 0, 1);
    private static final FaceDescriptor STRANGER = Fakes.descriptor(SharedData.MODEL, 0, 0, 1);

    /** Within the tolerance of Ann, and not too far from a stranger for one track. */
    private static final FaceDescriptor NEARLY_ANN =
            Fakes.descriptor(SharedData.MODEL, 0.6f, 0, 0.4f);

    private static final FaceDescriptor LESS_ANN =
            Fakes.descriptor(SharedData.MODEL, 0.4f, 0, 0.4f);

    private final Stream stream = new Stream(gallery(ANN, BOB));

    private static Gallery gallery(FaceDescriptor ann, FaceDescriptor bob) {
        return Fakes.gallery(Map.of("ann", List.of(ann), "bob", List.of(bob)));
    }

    private long frames(long from, int count, Stream.Face... faces) {
        for (int i = 0; i < count; i++) {
            stream.frame(from + i, faces);
        }
        return from + count;
    }

    private static Stream.Face at(Box box, FaceDescriptor descriptor) {
        return new Stream.Face(box, descriptor);
    }

    @Test
    void knownFaceIsDecidedWithTheThirdFrame() {
        frames(1, 10, at(LEFT, ANN));
        assertThat(stream.types()).containsExactly(Type.NEW);
        assertThat(stream.news.get(0).frame()).isEqualTo(3);
        assertThat(stream.news.get(0).match().votesWon()).isEqualTo(3);
        assertThat(stream.news.get(0).match().votesOf()).isEqualTo(3);
    }

    @Test
    void unknownFaceIsDecidedWithTheEighthFrame() {
        frames(1, 10, at(LEFT, STRANGER));
        assertThat(stream.types()).containsExactly(Type.NEW);
        assertThat(stream.news.get(0).frame()).isEqualTo(8);
        assertThat(stream.news.get(0).name()).isEmpty();
    }

    @Test
    void slowPipelineDecidesUnknownByTime() {
        stream.frameMillis = 400;
        frames(1, 10, at(LEFT, STRANGER));
        assertThat(stream.news.get(0).frame()).isEqualTo(3);
    }

    @Test
    void rejectedTrackLetsGoWithTheNextFrameWhateverFramesSay() {
        long next = frames(1, 5, at(LEFT, ANN));
        stream.reject(Fakes.person("ann").id());
        frames(next, 20, at(LEFT, ANN));
        assertThat(stream.types()).containsExactly(Type.NEW, Type.UPDATE);
        assertThat(stream.news.get(1).frame()).isEqualTo(6);
        assertThat(stream.news.get(1).name()).isEmpty();
        assertThat(stream.news.get(1).match().distance()).isEmpty();
    }

    @Test
    void trackIsNamedByWhoeverElseTheFramesSayThen() {
        long next = frames(1, 5, at(LEFT, ANN));
        stream.reject(Fakes.person("ann").id());
        next = frames(next, 1, at(LEFT, ANN));
        stream.gallery = Fakes.gallery(Map.of("ann", List.of(STRANGER), "bob", List.of(ANN)));
        frames(next, 5, at(LEFT, ANN));
        assertThat(stream.news)
                .extracting(n -> n.name().orElse(""))
                .containsExactly("ann", "", "bob");
        assertThat(stream.news.get(2).frame()).isEqualTo(next + 2);
    }

    @Test
    void openTracksLetGoWhenACounterExampleComesThatTheirFacesAreNearTo() {
        Gallery before = gallery(ANN, BOB);
        stream.gallery = before;
        long next = frames(1, 5, at(LEFT, NEARLY_ANN), at(RIGHT, ANN));
        stream.gallery = with(before, new CounterExample(1, Fakes.person("ann").id(), STRANGER));
        next = frames(next, 5, at(LEFT, NEARLY_ANN), at(RIGHT, ANN));
        assertThat(stream.types()).containsExactly(Type.NEW, Type.NEW);

        stream.gallery = with(before, new CounterExample(2, Fakes.person("ann").id(), LESS_ANN));
        long from = next;
        frames(next, 20, at(LEFT, NEARLY_ANN), at(RIGHT, ANN));
        assertThat(stream.types()).containsExactly(Type.NEW, Type.NEW, Type.UPDATE);
        assertThat(stream.news.get(2).frame()).isEqualTo(from);
        assertThat(stream.news.get(2).name()).isEmpty();
        assertThat(stream.news.get(2).track()).isEqualTo(stream.news.get(0).track());
    }

    private static Gallery with(Gallery gallery, CounterExample example) {
        GallerySection section = gallery.section(SharedData.MODEL).orElseThrow();
        return new Gallery(
                gallery.revision() + example.id(),
                gallery.people(),
                Map.of(SharedData.MODEL, section.with(List.of(example))));
    }

    @Test
    void trackTooShortToBeDecidedSaysNothing() {
        frames(1, 2, at(LEFT, ANN));
        frames(3, 40);
        assertThat(stream.news).isEmpty();
    }

    @Test
    void trackEndsWhenItsFaceIsGoneForASecond() {
        long next = frames(1, 5, at(LEFT, ANN));
        frames(next, 29);
        assertThat(stream.types()).containsExactly(Type.NEW);
        frames(next + 29, 3);
        assertThat(stream.types()).containsExactly(Type.NEW, Type.END);
    }

    @Test
    void faceMissedForAMomentContinuesItsTrack() {
        long next = frames(1, 5, at(LEFT, ANN));
        next = frames(next, 20);
        frames(next, 5, at(LEFT, ANN));
        assertThat(stream.types()).containsExactly(Type.NEW);
    }

    @Test
    void slowPipelineMayMissAFaceInOneFrame() {
        stream.frameMillis = 2000;
        long next = frames(1, 5, at(LEFT, ANN));
        next = frames(next, 1);
        next = frames(next, 3, at(LEFT, ANN));
        assertThat(stream.types()).containsExactly(Type.NEW);
        frames(next, 4);
        assertThat(stream.types()).containsExactly(Type.NEW, Type.END);
    }

    @Test
    void twoFacesAreTwoTracksWithAnyOrderOfDetections() {
        frames(1, 1, at(LEFT, ANN), at(RIGHT, BOB));
        frames(2, 1, at(RIGHT, BOB), at(LEFT, ANN));
        frames(3, 2, at(LEFT, ANN), at(RIGHT, BOB));
        assertThat(stream.types()).containsExactly(Type.NEW, Type.NEW);
        assertThat(stream.news.stream().map(n -> n.name().orElse("")))
                .containsExactlyInAnyOrder("ann", "bob");
    }

    @Test
    void facesThatSwapPlacesKeepTheirTracks() {
        frames(1, 5, at(LEFT, ANN), at(RIGHT, BOB));
        frames(6, 5, at(RIGHT, ANN), at(LEFT, BOB));
        assertThat(stream.types()).containsExactly(Type.NEW, Type.NEW);
    }

    @Test
    void unknownTrackThatBecomesKnownIsUpdated() {
        long next = frames(1, 9, at(LEFT, LESS_ANN));
        next = frames(next, 5, at(LEFT, NEARLY_ANN));
        stream.end(next);
        assertThat(stream.types()).containsExactly(Type.NEW, Type.UPDATE, Type.END);
        assertThat(stream.news.get(0).name()).isEmpty();
        assertThat(stream.news.get(1).name()).contains("ann");
        assertThat(stream.news.get(2).name()).contains("ann");
    }

    @Test
    void knownTrackKeepsItsNameThroughFramesThatDoNotShowIt() {
        long next = frames(1, 4, at(LEFT, NEARLY_ANN));
        frames(next, 30, at(LEFT, LESS_ANN));
        assertThat(stream.types()).containsExactly(Type.NEW);
    }

    @Test
    void anotherNameMustWinFourFramesToTakeOver() {
        FaceDescriptor middle = Fakes.descriptor(SharedData.MODEL, 0.65f, 0.4f);
        FaceDescriptor other = Fakes.descriptor(SharedData.MODEL, 0.4f, 0.65f);
        long next = frames(1, 5, at(LEFT, middle));
        next = frames(next, 3, at(LEFT, other));
        assertThat(stream.types()).containsExactly(Type.NEW);
        frames(next, 1, at(LEFT, other));
        assertThat(stream.types()).containsExactly(Type.NEW, Type.UPDATE);
        assertThat(stream.news.get(1).name()).contains("bob");
    }

    @Test
    void framesWithoutAMarginSpeakForNobodyInConsensusOnly() {
        FaceDescriptor between = Fakes.descriptor(SharedData.MODEL, 0.52f, 0.5f);
        Gallery near =
                gallery(
                        Fakes.descriptor(SharedData.MODEL, 0.8f, 0.3f),
                        Fakes.descriptor(SharedData.MODEL, 0.3f, 0.8f));
        Stream consensus = new Stream(near);
        Stream nearest = new Stream(near, TrackRules.DEFAULT, Strategy.NEAREST);
        for (int i = 1; i <= 8; i++) {
            consensus.frame(i, at(LEFT, between));
            nearest.frame(i, at(LEFT, between));
        }
        assertThat(consensus.news.get(0).name()).isEmpty();
        assertThat(nearest.news.get(0).name()).contains("ann");
    }

    @Test
    void renamedPersonIsUpdatedAndDeletedOneBecomesUnknown() {
        long next = frames(1, 5, at(LEFT, ANN));
        Gallery before = stream.gallery;
        stream.gallery =
                new Gallery(
                        2,
                        before.people().stream()
                                .map(p -> p.name().equals("ann") ? renamed(p) : p)
                                .toList(),
                        Map.of());
        next = frames(next, 3, at(LEFT, ANN));
        stream.gallery = new Gallery(3, List.of(), Map.of());
        frames(next, 3, at(LEFT, ANN));
        assertThat(stream.types()).containsExactly(Type.NEW, Type.UPDATE, Type.UPDATE);
        assertThat(stream.news.get(1).name()).contains("Anna");
        assertThat(stream.news.get(2).name()).isEmpty();
    }

    private static io.facegate.api.store.Person renamed(io.facegate.api.store.Person p) {
        return new io.facegate.api.store.Person(p.id(), "Anna", p.createdAt(), p.encodings());
    }

    @Test
    void facesCarryTheirTrackAndItsNameOnceDecided() {
        List<RecognizedFace> first = stream.frame(1, at(LEFT, ANN));
        frames(2, 3, at(LEFT, ANN));
        List<RecognizedFace> later = stream.frame(5, at(LEFT, NEARLY_ANN));
        assertThat(later.get(0).trackId()).isEqualTo(first.get(0).trackId());
        assertThat(later.get(0).match().votesOf()).isEqualTo(5);
    }

    @Test
    void facesThatDoNotCountAreFollowedAndDecideNothing() {
        List<RecognizedFace> first = stream.frame(1, at(LEFT, ANN).but(QualityProblem.BLURRED));
        frames(2, 60, at(LEFT, ANN).but(QualityProblem.SMALL));
        List<RecognizedFace> last = stream.frame(62, at(LEFT, ANN).but(QualityProblem.TURNED));
        assertThat(last.get(0).trackId()).isEqualTo(first.get(0).trackId());
        assertThat(last.get(0).match()).isEqualTo(Match.NONE);
        assertThat(last.get(0).problem()).contains(QualityProblem.TURNED);
        stream.end(63);
        assertThat(stream.news).as("nobody is told of, not even as unknown").isEmpty();
    }

    @Test
    void goodFacesDecideATrackThatBeganWithBadOnes() {
        List<RecognizedFace> first = stream.frame(1, at(LEFT, BOB).but(QualityProblem.BLURRED));
        long next = frames(2, 20, at(LEFT, BOB).but(QualityProblem.BLURRED));
        frames(next, 3, at(LEFT, ANN));
        assertThat(stream.types()).containsExactly(Type.NEW);
        assertThat(stream.news.get(0).frame()).isEqualTo(next + 2);
        assertThat(stream.news.get(0).name()).contains("ann");
        assertThat(stream.news.get(0).match().votesOf()).isEqualTo(3);
        assertThat(stream.news.get(0).track()).isEqualTo(first.get(0).trackId().orElseThrow());
    }

    @Test
    void badFacesBetweenGoodOnesDoNotMakeAFaceUnknown() {
        stream.frameMillis = 400;
        for (int i = 0; i < 10; i++) {
            stream.frame(2 * i, at(LEFT, STRANGER).but(QualityProblem.BLURRED));
            stream.frame(2 * i + 1, at(LEFT, NEARLY_ANN));
        }
        assertThat(stream.types()).containsExactly(Type.NEW);
        assertThat(stream.news.get(0).name()).contains("ann");
    }

    @Test
    void decidedTrackKeepsItsNameThroughBadFacesAndIsNotGoneMeanwhile() {
        long next = frames(1, 5, at(LEFT, NEARLY_ANN));
        next = frames(next, 90, at(LEFT, LESS_ANN).but(QualityProblem.BLURRED));
        List<RecognizedFace> faces = stream.frame(next, at(LEFT, NEARLY_ANN));
        assertThat(stream.types()).containsExactly(Type.NEW);
        assertThat(faces.get(0).match().name()).contains("ann");
        assertThat(faces.get(0).match().votesWon()).isEqualTo(5);
    }

    @Test
    void renamedPersonIsUpdatedOnABadFaceToo() {
        long next = frames(1, 5, at(LEFT, ANN));
        Gallery before = stream.gallery;
        stream.gallery =
                new Gallery(
                        2,
                        before.people().stream()
                                .map(p -> p.name().equals("ann") ? renamed(p) : p)
                                .toList(),
                        before.sections());
        stream.frame(next, at(LEFT, ANN).but(QualityProblem.SMALL));
        assertThat(stream.types()).containsExactly(Type.NEW, Type.UPDATE);
        assertThat(stream.news.get(1).name()).contains("Anna");
    }

    @ParameterizedTest
    @ValueSource(longs = {20_470, -20_470, 3650, -1})
    void aClockSetByDaysOrYearsEndsNoTrackAndBeginsNone(long days) {
        long next = frames(1, 5, at(LEFT, ANN));
        stream.clockAhead = Duration.ofDays(days);
        next = frames(next, 5, at(LEFT, ANN));
        stream.clockAhead = Duration.ZERO;
        next = frames(next, 5, at(LEFT, ANN));
        assertThat(stream.types()).containsExactly(Type.NEW);
        frames(next, 60);
        assertThat(stream.types()).containsExactly(Type.NEW, Type.END);
    }

    @Test
    void aFaceThatLeavesWhileTheClockIsSetBackIsGoneNoSoonerThanAnother() {
        long next = frames(1, 5, at(LEFT, ANN));
        stream.clockAhead = Duration.ofDays(-365);
        next = frames(next, 20);
        assertThat(stream.types()).containsExactly(Type.NEW);
        frames(next, 20);
        assertThat(stream.types()).containsExactly(Type.NEW, Type.END);
    }
}
