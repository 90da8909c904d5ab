// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.Area;
import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.Person;
import io.facegate.api.tracker.BoxTracker;
import io.facegate.api.tracker.BoxTrackers;
import io.facegate.api.tracker.TrackedBox;
import io.facegate.pipeline.internal.analysis.Analysis;
import io.facegate.pipeline.internal.analysis.AnalysisException;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;
import io.facegate.pipeline.internal.analysis.QualityGates;
import io.facegate.pipeline.internal.analysis.Search;
import io.facegate.pipeline.internal.analysis.StageCapture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A face that is light on a dark frame, and stages that see it where it is drawn. */
class LiveAnalyzerTest {
    private static final int LIGHT = 200;
    private static final RecognitionOptions OPTIONS =
            new RecognitionOptions(
                    "hog", DetectionOptions.LIVE, Strategy.CONSENSUS, Tolerances.OWN, 3);
    private static final Box PLACE = new Box(100, 100, 180, 180);

    private final Fakes.Board board = new Fakes.Board();
    private final StageCapture capture = new StageCapture(board);
    private final FaceTracker tracker = new FaceTracker(TrackRules.DEFAULT, 0.05);
    private final LiveAnalyzer live =
            new LiveAnalyzer(new FrameAnalyzer(capture), OPTIONS, 0, LiveRules.DEFAULT);
    private final Trackers trackers = new Trackers();
    private final List<Search> searches = new ArrayList<>();
    private final List<TrackNews> news = new ArrayList<>();
    private Optional<Box> face = Optional.of(PLACE);
    private WatchedAreas areas = WatchedAreas.EVERYWHERE;
    private int background = 40;
    private int number;
    private int encoded;

    /** A tracker that is where the face is, as sure as told. */
    private final class Trackers implements BoxTrackers {
        double confidence = 3;
        boolean stale;
        boolean updated;
        int open;

        @Override
        public BoxTracker follow(Frame frame, Box box) {
            open++;
            return new BoxTracker() {
                private boolean closed;

                @Override
                public Optional<TrackedBox> update(Frame next) {
                    if (updated) {
                        throw new NoClassDefFoundError("tracker/internal/Cut");
                    }
                    if (stale) {
                        throw new StaleServiceException("closed");
                    }
                    return Optional.of(new TrackedBox(face.orElse(box), confidence));
                }

                @Override
                public void close() {
                    open -= closed ? 0 : 1;
                    closed = true;
                }
            };
        }
    }

    @BeforeEach
    void setUp() {
        board.trackers = Optional.of(trackers);
        board.detector = Optional.of(new Fakes.Detector(LiveAnalyzerTest::detected));
        become("ann", 1);
    }

    @AfterEach
    void close() {
        live.close();
        capture.close();
    }

    /** Whatever is light. */
    private static List<FaceDetection> detected(Frame frame) {
        int left = frame.width();
        int top = frame.height();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                if ((frame.pixels()[y * frame.stride() + 3 * x] & 0xff) == LIGHT) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return right == 0
                ? List.of()
                : List.of(new FaceDetection(new Box(left, top, right, bottom), 1));
    }

    /** Another face, and who is enrolled. */
    private void become(String name, float... descriptor) {
        board.encoder = Optional.of(Fakes.Encoder.of("a", descriptor));
        enrol(name, descriptor);
    }

    private void enrol(String name, float... descriptor) {
        FaceDescriptor d = Fakes.descriptor(Fakes.model("a").key(), descriptor);
        Gallery gallery = Fakes.gallery(Map.of(name, List.of(d)));
        board.store = Optional.of(Fakes.Store.of(gallery));
    }

    private Frame picture() {
        byte[] rgb = new byte[3 * 640 * 360];
        Arrays.fill(rgb, (byte) background);
        face.ifPresent(
                box -> {
                    for (int y = box.top(); y < box.bottom(); y++) {
                        Arrays.fill(
                                rgb,
                                3 * (640 * y + box.left()),
                                3 * (640 * y + box.right()),
                                (byte) LIGHT);
                    }
                });
        return Frame.rgb("a", number, Fakes.at(number), 640, 360, rgb);
    }

    /** The next frames; the faces of the last. */
    private List<RecognizedFace> frames(int count) throws AnalysisException {
        List<RecognizedFace> faces = List.of();
        for (int i = 0; i < count; i++) {
            number++;
            Frame frame = picture();
            Analysis analysis = QualityGates.judge(live.analyze(frame, areas, tracker.open(), 0));
            FaceTracker.Tracked tracked = tracker.update(frame, analysis);
            live.learn(frame, tracked.faces(), tracker.open());
            searches.add(analysis.search());
            news.addAll(tracked.news());
            encoded += analysis.encodedFaces();
            faces = tracked.faces();
        }
        return faces;
    }

    private long count(Search search) {
        return searches.stream().filter(search::equals).count();
    }

    private void settle() throws AnalysisException {
        frames(10);
        searches.clear();
        encoded = 0;
    }

    @Test
    void aFaceIsEncodedUntilItsIdentityIsSettledAndFollowedThen() throws Exception {
        frames(10);
        assertThat(encoded).isEqualTo(5);
        List<RecognizedFace> faces = frames(1);
        assertThat(searches.get(10)).isEqualTo(Search.TRACKED);
        assertThat(faces).hasSize(1);
        assertThat(faces.get(0).descriptor()).isEmpty();
        assertThat(faces.get(0).match().name()).contains("ann");
        assertThat(faces.get(0).detection().box()).isEqualTo(PLACE);
        assertThat(news).hasSize(1);
    }

    @Test
    void aFaceBehindAMaskIsNeverEncoded() throws Exception {
        areas = new WatchedAreas(List.of(), List.of(Area.parse("0,0 0.5,0 0.5,1 0,1")));
        assertThat(frames(20)).isEmpty();
        assertThat(encoded).isZero();
        assertThat(news).isEmpty();
    }

    @Test
    void aFaceThatGoesBehindAMaskIsGone() throws Exception {
        areas = new WatchedAreas(List.of(), List.of(Area.parse("0.5,0 1,0 1,1 0.5,1")));
        settle();
        assertThat(news).hasSize(1);
        face = Optional.of(new Box(400, 100, 480, 180));
        assertThat(frames(60)).isEmpty();
        assertThat(news).hasSize(2);
        assertThat(news.get(1).type()).isEqualTo(RecognitionEvent.Type.END);
    }

    @Test
    void onlyThePartAroundAZoneIsSearched() throws Exception {
        List<Integer> widths = new ArrayList<>();
        board.detector =
                Optional.of(
                        new Fakes.Detector(
                                frame -> {
                                    widths.add(frame.width());
                                    return detected(frame);
                                }));
        areas =
                new WatchedAreas(
                        List.of(Area.parse("door: 0.1,0.2 0.3,0.2 0.3,0.6 0.1,0.6")), List.of());
        List<RecognizedFace> faces = frames(1);
        assertThat(faces).hasSize(1);
        assertThat(faces.get(0).detection().box()).isEqualTo(PLACE);
        assertThat(widths).allSatisfy(width -> assertThat(width).isLessThan(300));
        areas =
                new WatchedAreas(
                        List.of(Area.parse("path: 0.7,0.2 0.9,0.2 0.9,0.6 0.7,0.6")), List.of());
        assertThat(frames(60)).isEmpty();
    }

    @Test
    void aCameraMaskedWholeIsNotSearchedAtAll() throws Exception {
        areas = new WatchedAreas(List.of(), List.of(Area.parse("0,0 1,0 1,1 0,1")));
        board.detector =
                Optional.of(
                        new Fakes.Detector(
                                frame -> {
                                    throw new IllegalStateException("searched");
                                }));
        assertThat(frames(5)).isEmpty();
    }

    @Test
    void aStillSceneIsSearchedAtTheIntervalOnly() throws Exception {
        face = Optional.empty();
        frames(1);
        searches.clear();
        frames(150);
        assertThat(count(Search.FULL)).isBetween(8L, 10L);
        assertThat(count(Search.REGIONS)).isZero();
    }

    @Test
    void withoutTrackersEveryFrameIsSearchedAndEncoded() throws Exception {
        board.trackers = Optional.empty();
        frames(20);
        assertThat(count(Search.FULL)).isEqualTo(20);
        assertThat(encoded).isEqualTo(20);
    }

    @Test
    void aFaceThatComesInIsSearchedAtOnce() throws Exception {
        face = Optional.empty();
        frames(6);
        searches.clear();
        face = Optional.of(PLACE);
        frames(1);
        assertThat(searches).containsExactly(Search.FULL);
    }

    @Test
    void aSettledFaceIsLookedAtAgainAfterAWhile() throws Exception {
        settle();
        frames(90);
        assertThat(encoded).isBetween(2, 4);
    }

    @Test
    void aTrackerThatIsLessSureThanItWasMakesTheFaceDoubtful() throws Exception {
        settle();
        frames(2);
        trackers.confidence = 1.5;
        frames(1);
        assertThat(encoded).isEqualTo(1);
        assertThat(searches.get(2)).isNotEqualTo(Search.TRACKED);
    }

    @Test
    void anotherFaceAtTheSamePlaceAfterACutIsAnotherTrack() throws Exception {
        settle();
        background = 120;
        face = Optional.of(new Box(110, 100, 190, 180));
        FaceDescriptor bob = Fakes.descriptor(Fakes.model("a").key(), 0, 1);
        FaceDescriptor ann = Fakes.descriptor(Fakes.model("a").key(), 1);
        board.encoder = Optional.of(Fakes.Encoder.of("a", 0, 1));
        board.store =
                Optional.of(
                        Fakes.Store.of(
                                Fakes.gallery(Map.of("ann", List.of(ann), "bob", List.of(bob)))));
        trackers.confidence = 1.2;
        List<RecognizedFace> faces = frames(8);
        assertThat(faces.get(0).match().name()).contains("bob");
    }

    @Test
    void aChangedGalleryIsSeenByTheNextFrame() throws Exception {
        settle();
        FaceDescriptor d = Fakes.descriptor(Fakes.model("a").key(), 1);
        Gallery one = Fakes.gallery(Map.of("ann", List.of(d)));
        board.store =
                Optional.of(
                        Fakes.Store.of(
                                new Gallery(
                                        one.revision() + 1,
                                        List.of(
                                                new Person(
                                                        Fakes.person("ann").id(),
                                                        "anna",
                                                        Fakes.START,
                                                        1)),
                                        Map.of())));
        List<RecognizedFace> faces = frames(1);
        assertThat(encoded).isEqualTo(1);
        assertThat(faces.get(0).match().name()).contains("anna");
    }

    @Test
    void aFaceThatDoesNotCountIsFollowedAndLookedAtTenTimesASecond() throws Exception {
        board.meter = Optional.of(new Fakes.Meter(() -> Set.of(QualityProblem.SMALL)));
        frames(20);
        encoded = 0;
        List<RecognizedFace> faces = frames(60);
        assertThat(encoded).as("in two seconds").isBetween(12, 21);
        assertThat(faces.get(0).problem()).contains(QualityProblem.SMALL);
        assertThat(news).isEmpty();
        board.meter = Optional.empty();
        frames(7);
        assertThat(news).as("decided once it counts").hasSize(1);
    }

    @Test
    void aSettledFaceThatIsSeenBadlyIsLookedAtAgainSoon() throws Exception {
        settle();
        board.meter = Optional.of(new Fakes.Meter(() -> Set.of(QualityProblem.BLURRED)));
        frames(60);
        assertThat(encoded).as("in two seconds, of which one passes unseen").isBetween(6, 14);
        assertThat(news).hasSize(1);
    }

    @Test
    void anotherModelIsSeenByTheNextFrame() throws Exception {
        settle();
        board.encoder = Optional.of(Fakes.Encoder.of("b", 1));
        frames(1);
        assertThat(encoded).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStaleTrackerIsDoneWithout(boolean updated) throws Exception {
        settle();
        trackers.stale = !updated;
        trackers.updated = updated;
        List<RecognizedFace> faces = frames(1);
        assertThat(searches).containsExactly(Search.FULL);
        assertThat(faces).hasSize(1);
        board.trackers = Optional.of(new Trackers());
        frames(5);
        assertThat(news).hasSize(1);
    }

    @Test
    void aFaceThatLeftIsNotToldOfAndItsTrackerIsClosed() throws Exception {
        settle();
        frames(2);
        face = Optional.empty();
        trackers.confidence = 0.5;
        List<RecognizedFace> faces = frames(4);
        assertThat(faces).isEmpty();
        frames(40);
        assertThat(tracker.tracking()).isFalse();
        assertThat(trackers.open).isZero();
        assertThat(news).hasSize(2);
    }
}
