// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.quality.CalibrationReport;
import io.facegate.api.quality.GalleryReview;
import io.facegate.api.quality.PersonAdvice;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.Person;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeStages;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.fake.Terminal;
import io.facegate.command.internal.session.SetTolerances;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

class ReviewCommandsTest {
    @TempDir private Path folder;

    private final FakeStore store = new FakeStore();
    private final Review review = new Review();
    private final FakeParts parts = new FakeParts(store, review, FakeStages.encoder());
    private final Terminal terminal = new Terminal(parts);

    /** Answers the same to everything, and keeps what it was asked. */
    private final class Review implements GalleryReview {
        private double tolerance;
        private Set<UUID> asked = Set.of();

        @Override
        public List<PersonAdvice> advise(
                Set<UUID> people, double t, DoubleConsumer progress, BooleanSupplier stopped) {
            asked = people;
            tolerance = t;
            progress.accept(1);
            Person ann = store.person("Ann");
            return List.of(
                    new PersonAdvice(
                            ann,
                            2,
                            List.of(
                                    new PersonAdvice.Advice(
                                            PersonAdvice.Kind.LIKE_ANOTHER,
                                            "Ann/1.jpg",
                                            "like Bob"),
                                    new PersonAdvice.Advice(
                                            PersonAdvice.Kind.FEW_PICTURES, "", "only two"))),
                    new PersonAdvice(store.person("Bob"), 3, List.of()));
        }

        @Override
        public CalibrationReport calibrate(
                double t, DoubleConsumer progress, BooleanSupplier stopped) {
            tolerance = t;
            return new CalibrationReport(
                    Optional.of(new ModelKey("m", "w")),
                    t,
                    new CalibrationReport.Extent(2, 5, 4, 20),
                    new CalibrationReport.LeaveOneOut(3, 1, 0, 0),
                    new CalibrationReport.Distances(0.5, List.of(1L, 2L), List.of(0L, 7L)),
                    List.of(new CalibrationReport.ErrorRates(0.6, 0.25, 0.5)),
                    List.of(new CalibrationReport.FacePair(0.4, "Ann", "Ann/1.jpg", "Bob", "")),
                    List.of(),
                    new CalibrationReport.Suggestion(OptionalDouble.empty(), "too little"));
        }

        @Override
        public String plot(CalibrationReport report) {
            return "<svg/>";
        }
    }

    @BeforeEach
    void twoPeople() {
        for (String name : List.of("Ann", "Bob")) {
            store.add(
                    name,
                    List.of(
                            new NewEncoding(
                                    new FaceDescriptor(FakeStages.MODEL.key(), new float[] {1}),
                                    Optional.empty(),
                                    name + "/1.jpg",
                                    "")));
        }
    }

    @Test
    void adviceIsToldByPerson() {
        assertThat(terminal.run("people", "check")).isZero();
        assertThat(terminal.out())
                .isEqualTo("Ann (2 encodings)\n  Ann/1.jpg: like Bob\n  only two\n");
        assertThat(terminal.err())
                .contains(
                        "Checked 2 people at tolerance 0.6 (the default): nothing to say about 1.");
        assertThat(review.asked).isEmpty();
    }

    @Test
    void peopleAreAskedForByName() {
        assertThat(terminal.run("people", "check", "Bob")).isZero();
        assertThat(review.asked).containsExactly(FakeStore.id("Bob"));
        assertThat(terminal.run("people", "check", "Carl")).isEqualTo(1);
        assertThat(terminal.err()).contains("There is nobody called Carl.");
    }

    @Test
    void calibrationIsTold() {
        assertThat(terminal.run("calibrate", "--tolerance", "0.5")).isZero();
        assertThat(review.tolerance).isEqualTo(0.5);
        assertThat(terminal.out())
                .contains("2 people with 5 encodings of m")
                .contains("4 of them, drawn at random (seed 20), were compared with all")
                .contains("     3 recognised")
                .contains("0.60       25.00 %            50.00 %")
                .contains("0.400  Ann (Ann/1.jpg)  Bob\n")
                .contains("No suggestion: too little.");
    }

    @Test
    void toleranceIsTheGatewaysUnlessGiven() {
        parts.tolerances = SetTolerances.configured(Map.of("tolerance", 0.5), Optional.empty());
        assertThat(terminal.run("calibrate")).isZero();
        assertThat(review.tolerance).isEqualTo(0.5);
        assertThat(terminal.out())
                .contains("tolerance 0.5 (as the gateway: configuration io.facegate.pipeline):");
        assertThat(terminal.run("calibrate", "--json")).isZero();
        assertThat(terminal.out()).contains("\"tolerance_from\":\"configuration\"");
        review.tolerance = 0;
        assertThat(terminal.run("people", "check")).isZero();
        assertThat(review.tolerance).isEqualTo(0.5);
        assertThat(terminal.err())
                .contains("at tolerance 0.5 (as the gateway: configuration io.facegate.pipeline)");
        review.tolerance = 0;
        assertThat(terminal.run("people", "show", "Ann")).isZero();
        assertThat(review.tolerance).isEqualTo(0.5);
        assertThat(terminal.run("people", "check", "-t", "0.6")).isZero();
        assertThat(review.tolerance).isEqualTo(0.6);
        assertThat(terminal.err()).contains("at tolerance 0.6 (--tolerance)");
    }

    @Test
    void calibrationIsJsonOnRequest() {
        assertThat(terminal.run("calibrate", "--json")).isZero();
        JsonObject json = JsonParser.parseString(terminal.out()).getAsJsonObject();
        assertThat(json.getAsJsonObject("leave_one_out").get("missed").getAsInt()).isEqualTo(1);
        assertThat(json.getAsJsonObject("suggestion").get("tolerance").isJsonNull()).isTrue();
        assertThat(json.getAsJsonArray("closest")).hasSize(1);
    }

    @Test
    void plotsAreWritten() throws IOException {
        Path svg = folder.resolve("a.svg");
        Path html = folder.resolve("a.html");
        assertThat(terminal.run("calibrate", "--output", svg)).isZero();
        assertThat(terminal.run("calibrate", "-o", html)).isZero();
        assertThat(svg).hasContent("<svg/>");
        assertThat(Files.readString(html)).contains("<svg/>", "No suggestion");
    }

    @Test
    void wrongOptionsAreUsage() {
        assertThat(terminal.run("calibrate", "--tolerance", "0")).isEqualTo(2);
        assertThat(terminal.run("people", "check", "--tolerance", "101")).isEqualTo(2);
        assertThat(terminal.run("calibrate", "--output", "a.pdf")).isEqualTo(2);
        assertThat(terminal.err()).contains("neither .svg nor .html");
    }
}
