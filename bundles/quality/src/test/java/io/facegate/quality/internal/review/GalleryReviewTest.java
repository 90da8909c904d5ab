// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.encoder.Point;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.ModelKey;
import io.facegate.api.quality.CalibrationReport;
import io.facegate.api.quality.PersonAdvice;
import io.facegate.api.quality.PersonAdvice.Advice;
import io.facegate.api.quality.PersonAdvice.Kind;
import io.facegate.quality.internal.Blur;
import io.facegate.quality.internal.GoldenFaces;
import io.facegate.testing.SharedData;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import javax.xml.parsers.DocumentBuilderFactory;

class GalleryReviewTest {
    private static CalibrationReport calibrate(KnownPeople people) throws Exception {
        return review(people).calibrate(0.6, part -> {}, () -> false);
    }

    private static ReviewComponent review(KnownPeople people) {
        return new ReviewComponent(people, null, null);
    }

    private static List<Advice> advice(KnownPeople people, String name) throws Exception {
        List<PersonAdvice> all =
                review(people).advise(Set.of(KnownPeople.id(name)), 0.6, part -> {}, () -> false);
        assertThat(all).hasSize(1);
        return all.get(0).advice();
    }

    @Test
    void referencePeopleAreToldApart() throws Exception {
        CalibrationReport report = calibrate(KnownPeople.of(SharedData.johns()));
        int encodings = report.extent().encodings();
        assertThat(report.extent().people()).isEqualTo(5);
        assertThat(report.extent().complete()).isTrue();
        assertThat(report.leaveOneOut())
                .isEqualTo(new CalibrationReport.LeaveOneOut(encodings, 0, 0, 0));
        assertThat(report.closest().get(0).distance()).isCloseTo(0.66455, within(1e-4));
        assertThat(report.closest().get(0).name())
                .isNotEqualTo(report.closest().get(0).otherName());
        assertThat(report.closest().get(0).source()).isNotEmpty();
        assertThat(report.farthest().get(0).distance()).isCloseTo(0.54846, within(1e-4));
        long pairs = sum(report.distances().same()) + sum(report.distances().others());
        assertThat(pairs).isEqualTo((long) encodings * (encodings - 1) / 2);
        assertThat(report.suggestion().tolerance()).hasValue(0.6);
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void errorRatesFallAndRiseWithTheTolerance() throws Exception {
        List<CalibrationReport.ErrorRates> rates =
                calibrate(KnownPeople.of(SharedData.johns())).rates();
        for (int i = 1; i < rates.size(); i++) {
            assertThat(rates.get(i).falseAccept())
                    .isGreaterThanOrEqualTo(rates.get(i - 1).falseAccept());
            assertThat(rates.get(i).falseReject())
                    .isLessThanOrEqualTo(rates.get(i - 1).falseReject());
        }
        assertThat(rates.get(0).falseReject()).isGreaterThan(0.5);
        assertThat(rates.get(rates.size() - 1).falseAccept()).isEqualTo(1);
    }

    @Test
    void wronglyFiledPictureIsFound() throws Exception {
        Map<String, List<FaceDescriptor>> johns = SharedData.johns();
        KnownPeople people = KnownPeople.of(johns);
        people.add("John_Salley", johns.get("John_Simm").get(3));
        assertThat(advice(people, "John_Salley").get(0))
                .satisfies(
                        first -> {
                            assertThat(first.kind()).isEqualTo(Kind.LIKE_ANOTHER);
                            assertThat(first.source()).isEqualTo("John_Salley/11");
                            assertThat(first.message()).contains("John_Simm", "John_Simm/3");
                        });
        CalibrationReport report = calibrate(people);
        assertThat(report.leaveOneOut().misnamed()).isEqualTo(2);
        assertThat(report.closest().get(0).distance()).isZero();
    }

    @Test
    void strangerAmongAPersonsPicturesIsFarFromThem() throws Exception {
        Map<String, List<FaceDescriptor>> johns = SharedData.johns();
        List<FaceDescriptor> simm = johns.remove("John_Simm");
        KnownPeople people = KnownPeople.of(johns);
        people.add("John_Salley", simm.get(3));
        assertThat(advice(people, "John_Salley"))
                .filteredOn(a -> a.kind() == Kind.FAR_FROM_OTHERS)
                .extracting(Advice::source)
                .containsExactly("John_Salley/11");
    }

    @Test
    void nearDuplicatesAreToldOnce() throws Exception {
        KnownPeople people = KnownPeople.of(SharedData.johns());
        for (String name : List.of("John_Salley", "John_Shimkus", "John_Simm")) {
            assertThat(advice(people, name))
                    .filteredOn(a -> a.kind() == Kind.NEAR_DUPLICATE)
                    .isNotEmpty()
                    .allSatisfy(a -> assertThat(a.message()).contains(name + "/"));
        }
        assertThat(advice(people, "John_Savage")).isEmpty();
    }

    @Test
    void equalPicturesAreToldByTheirOwnSources() throws Exception {
        KnownPeople people = new KnownPeople();
        for (FaceDescriptor descriptor : List.of(spread(2)[0], spread(2)[1], spread(2)[1])) {
            people.add("Ann", descriptor);
        }
        assertThat(advice(people, "Ann"))
                .filteredOn(a -> a.kind() == Kind.NEAR_DUPLICATE)
                .singleElement()
                .satisfies(
                        a -> {
                            assertThat(a.source()).isEqualTo("Ann/2");
                            assertThat(a.message()).contains("Ann/1 ");
                        });
    }

    @Test
    void fewPicturesAndThoseOfAnotherModelAreTold() throws Exception {
        Map<String, List<FaceDescriptor>> johns = SharedData.johns();
        KnownPeople people = KnownPeople.of(johns);
        people.add("Ann", johns.get("John_Simm").get(0));
        people.add("Bob", new FaceDescriptor(new ModelKey("old", "x"), new float[] {1, 2}));
        assertThat(advice(people, "Ann"))
                .extracting(Advice::kind)
                .containsExactly(Kind.LIKE_ANOTHER, Kind.FEW_PICTURES);
        assertThat(advice(people, "Bob"))
                .extracting(Advice::kind)
                .containsExactly(Kind.NEEDS_PHOTOS);
        assertThat(calibrate(people).extent().people()).isEqualTo(6);
    }

    @Test
    void blurredChipsAreLowQualityAndOneViewIsOnePose() throws Exception {
        KnownPeople people = new KnownPeople();
        FaceDescriptor[] apart = spread(3);
        for (int i = 0; i < 3; i++) {
            GoldenFaces.Face face = GoldenFaces.peer().get(i);
            people.add("Ann", apart[i], Optional.of(Blur.of(face.chip(), 3, 3)));
            people.add("Bob", apart[i], Optional.of(face.chip()));
        }
        Landmarks ahead =
                new Landmarks(
                        List.of(
                                new Point(110, 60),
                                new Point(90, 60),
                                new Point(40, 60),
                                new Point(60, 60),
                                new Point(75, 98)));
        ReviewComponent review =
                new ReviewComponent(people, null, (frame, boxes) -> List.of(ahead));
        List<PersonAdvice> advice = review.advise(Set.of(), 0.01, part -> {}, () -> false);
        assertThat(kinds(advice.get(0))).contains(Kind.LOW_QUALITY, Kind.ONE_POSE);
        assertThat(kinds(advice.get(1))).contains(Kind.ONE_POSE).doesNotContain(Kind.LOW_QUALITY);
    }

    private static List<Kind> kinds(PersonAdvice advice) {
        return advice.advice().stream().map(Advice::kind).toList();
    }

    private static FaceDescriptor[] spread(int count) {
        FaceDescriptor[] spread = new FaceDescriptor[count];
        for (int i = 0; i < count; i++) {
            spread[i] = new FaceDescriptor(SharedData.MODEL, new float[] {i, 0.5f});
        }
        return spread;
    }

    @Test
    void emptyAndSmallGalleriesSayThatThereIsTooLittle() throws Exception {
        CalibrationReport empty = calibrate(new KnownPeople());
        assertThat(empty.model()).isEmpty();
        assertThat(empty.suggestion().tolerance()).isEmpty();
        KnownPeople two = new KnownPeople();
        two.add("Ann", spread(1)[0]);
        two.add("Bob", spread(2)[1]);
        CalibrationReport report = calibrate(two);
        assertThat(report.leaveOneOut()).isEqualTo(new CalibrationReport.LeaveOneOut(0, 0, 0, 2));
        assertThat(report.suggestion().reason()).contains("too little", "0.6");
        assertThat(review(two).plot(report)).contains("tolerance 0.60");
    }

    @Test
    void largeGalleriesAreSampledAlwaysTheSame() throws Exception {
        Random random = new Random(1);
        Map<String, List<FaceDescriptor>> crowd = new LinkedHashMap<>();
        for (int person = 0; person < 300; person++) {
            List<FaceDescriptor> own = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                own.add(
                        new FaceDescriptor(
                                SharedData.MODEL, new float[] {person, random.nextFloat()}));
            }
            crowd.put("p" + person, own);
        }
        KnownPeople people = KnownPeople.of(crowd);
        Rows rows = new Rows(people.gallery().section(SharedData.MODEL).orElseThrow());
        List<Double> told = new ArrayList<>();
        CalibrationReport first =
                new Calibration(rows, 0.6, EncoderTraits.DLIB)
                        .run(new Sources(people, rows), 150_000, told::add, () -> false);
        CalibrationReport second =
                new Calibration(rows, 0.6, EncoderTraits.DLIB)
                        .run(new Sources(people, rows), 150_000, told::add, () -> false);
        assertThat(first.extent().examined()).isEqualTo(100);
        assertThat(first.extent().complete()).isFalse();
        assertThat(second).isEqualTo(first);
        assertThat(told).hasSize(200).endsWith(1.0);
    }

    @Test
    void stopEndsEarly() throws Exception {
        KnownPeople people = KnownPeople.of(SharedData.johns());
        assertThat(review(people).calibrate(0.6, part -> {}, () -> true).extent().examined())
                .isZero();
        assertThat(review(people).advise(Set.of(), 0.6, part -> {}, () -> true)).isEmpty();
    }

    @Test
    void plotIsAWellFormedDocument() throws Exception {
        KnownPeople people = KnownPeople.of(SharedData.johns());
        String svg = review(people).plot(calibrate(people));
        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg).contains("5 people", "false reject", "false accept");
    }
}
