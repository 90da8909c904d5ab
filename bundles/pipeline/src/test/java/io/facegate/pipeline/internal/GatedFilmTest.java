// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.quality.QualityProblem;
import io.facegate.api.recognition.GateCounters;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.pipeline.internal.track.TrackRules;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Films of real faces through real stages and the real meter with its default gates. */
class GatedFilmTest {
    private static final String SALLEY = "John_Salley/000179_02159509.jpg";
    private static final String SHIMKUS = "John_Shimkus/000373_03228153.jpg";

    private static RealStages stages;

    @BeforeAll
    static void load() {
        stages = new RealStages();
        stages.gallery = Fakes.gallery(Film.people(List.of("John_Salley", "John_Shimkus"), 3));
    }

    @AfterAll
    static void close() {
        if (stages != null) {
            stages.close();
        }
    }

    private static LiveRun play(Film film, boolean tracking, boolean gates) {
        stages.tracking = tracking;
        Settings settings =
                Settings.of(SettingsTest.config(Map.of("qualityGates", gates)), Path.of("nowhere"));
        assertThat(settings.tracks().qualityGates()).isEqualTo(gates);
        assertThat(TrackRules.DEFAULT.qualityGates()).as("by default").isFalse();
        return LiveRun.play(stages, settings, film::frame, new int[] {0, film.frames(), 1});
    }

    private static Film standing(String name, int size) {
        return new Film(name, 60).with(Film.Person.standing(SALLEY, 10, 55, 300, size));
    }

    /** Without grain, which counts as sharpness. */
    private static Film moved() {
        return standing("moved", 110).blurred(5).light(1, 0);
    }

    private static GateCounters gates(LiveRun run) {
        GateCounters gates = run.tally.counters();
        long failed = gates.failed().values().stream().mapToLong(Long::longValue).sum();
        assertThat(gates.judged()).isEqualTo(gates.passed() + failed);
        assertThat(gates.judged() + gates.unjudged()).isEqualTo(run.encodedFaces);
        return gates;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSharpFacePassesAndIsNamedAsWithoutGates(boolean tracking) {
        LiveRun open = play(standing("sharp", 110), tracking, false);
        LiveRun gated = play(standing("sharp", 110), tracking, true);
        assertThat(gated.named).isEqualTo(open.named).containsOnlyKeys("John_Salley");
        GateCounters gates = gates(gated);
        assertThat(gates.passed()).isPositive().isEqualTo(gates.judged());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFaceBlurredByMotionIsFollowedAndNobodyIsToldOf(boolean tracking) {
        LiveRun open = play(moved(), tracking, false);
        LiveRun gated = play(moved(), tracking, true);
        assertThat(open.news).as("without gates").isNotEmpty();
        assertThat(gated.news).isEmpty();
        GateCounters gates = gates(gated);
        assertThat(gates.failed().get(QualityProblem.BLURRED))
                .isPositive()
                .isEqualTo(gates.judged());
        assertThat(gated.faces.get(50)).hasSize(1);
        assertThat(gated.faces.get(50).get(0).problem()).contains(QualityProblem.BLURRED);
    }

    @Test
    void lookingInVainTakesAFractionOfTheEncodings() {
        Film film = moved();
        LiveRun everyFrame = play(film, false, true);
        LiveRun followed = play(film, true, true);
        assertThat(followed.encodedFaces).isLessThan(everyFrame.encodedFaces * 2 / 3);
    }

    @Test
    void whoComesNearerIsNamedOnceTheFaceIsLargeEnough() {
        Film film =
                new Film("nearer", 150)
                        .with(new Film.Person(SHIMKUS, 0, 150, 250, 180, 350, 180, 40, 200));
        stages.meter = Optional.of(RealStages.gates(Map.of("minSize", 100)));
        LiveRun open = play(film, true, false);
        LiveRun gated = play(film, true, true);
        stages.meter = Optional.of(RealStages.QUALITY);
        assertThat(open.named).containsOnlyKeys("John_Shimkus");
        assertThat(gated.named).containsOnlyKeys("John_Shimkus");
        assertThat(gated.named.get("John_Shimkus"))
                .isGreaterThan(open.named.get("John_Shimkus") + 10);
        assertThat(gates(gated).failed().get(QualityProblem.SMALL)).isPositive();
        assertThat(gated.news.stream().map(n -> n.track()).distinct()).hasSize(1);
    }
}
