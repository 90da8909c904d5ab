// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.RecognitionEvent.Type;
import io.facegate.pipeline.internal.analysis.Fakes;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Films of people who are enrolled and one who is not: live, the answers of frame by frame. */
class LiveFilmTest {
    private static final String SALLEY = "John_Salley/000179_02159509.jpg";
    private static final String SAVAGE = "John_Savage/000264_01099001.jpg";
    private static final String SCHNEIDER = "John_Schneider/000302_00925785.jpg";
    private static final String SHIMKUS = "John_Shimkus/000373_03228153.jpg";
    private static final String STRANGER = "John_Simm/000297_00470170.jpg";

    private static final Map<String, Frame> frames = new HashMap<>();
    private static RealStages stages;

    @BeforeAll
    static void load() {
        stages = new RealStages();
        stages.gallery =
                Fakes.gallery(
                        Film.people(
                                List.of(
                                        "John_Salley",
                                        "John_Savage",
                                        "John_Schneider",
                                        "John_Shimkus"),
                                3));
    }

    @AfterAll
    static void close() {
        if (stages != null) {
            stages.close();
        }
    }

    /** What is seen. */
    enum Scene {
        NOBODY(new Film("nobody", 60)),
        STANDING(new Film("standing", 120).with(Film.Person.standing(SALLEY, 20, 100, 300, 110))),
        STRANGER_STANDS(
                new Film("stranger", 120).with(Film.Person.standing(STRANGER, 10, 110, 300, 110))),
        PASSING(
                new Film("passing", 100)
                        .with(new Film.Person(SAVAGE, 5, 95, -60, 180, 700, 170, 100, 110))),
        RUNNING(
                new Film("running", 50)
                        .with(new Film.Person(SAVAGE, 5, 40, -60, 180, 700, 170, 110, 110))
                        .blurred(3)),
        COMING_NEARER(
                new Film("nearer", 120)
                        .with(new Film.Person(SHIMKUS, 0, 120, 250, 180, 350, 180, 85, 230))),
        TWO_WHO_PASS_EACH_OTHER(
                new Film("crossing", 120)
                        .with(new Film.Person(SALLEY, 0, 120, 80, 180, 560, 180, 110, 110))
                        .with(new Film.Person(SCHNEIDER, 0, 120, 560, 185, 80, 185, 110, 110))),
        ANOTHER_TAKES_THE_PLACE(
                new Film("cut", 120)
                        .with(Film.Person.standing(SAVAGE, 0, 60, 300, 120))
                        .with(Film.Person.standing(SHIMKUS, 60, 120, 300, 120))),
        STRANGER_TAKES_THE_PLACE(
                new Film("stranger cut", 140)
                        .with(Film.Person.standing(SALLEY, 0, 60, 300, 120))
                        .with(Film.Person.standing(STRANGER, 60, 140, 300, 120))),
        TAKES_A_STRANGERS_PLACE(
                new Film("cut from stranger", 140)
                        .with(Film.Person.standing(STRANGER, 0, 60, 300, 120))
                        .with(Film.Person.standing(SALLEY, 60, 140, 300, 120))),
        SECOND_COMES_LATER(
                new Film("later", 120)
                        .with(Film.Person.standing(SALLEY, 0, 120, 150, 110))
                        .with(Film.Person.standing(SHIMKUS, 50, 120, 450, 110))),
        DARK(
                new Film("dark", 120)
                        .with(new Film.Person(SCHNEIDER, 10, 110, 250, 180, 400, 180, 110, 120))
                        .light(0.25, 3)),
        HAND_HELD(
                new Film("hand-held", 120)
                        .with(Film.Person.standing(SAVAGE, 10, 110, 200, 110))
                        .with(Film.Person.standing(STRANGER, 10, 110, 450, 110))
                        .shaking(20)
                        .blurred(1));

        private final Film film;

        Scene(Film film) {
            this.film = film;
        }
    }

    private static LiveRun play(Scene scene, boolean tracking, int step) {
        stages.tracking = tracking;
        return LiveRun.play(
                stages,
                Settings.DEFAULT,
                i -> frames.computeIfAbsent(scene + " " + i, k -> scene.film.frame(i)),
                new int[] {0, scene.film.frames(), step});
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatFrameByFrameTells(Scene scene) {
        for (int step : new int[] {1, 2, 5}) {
            LiveRun frameByFrame = play(scene, false, step);
            LiveRun live = play(scene, true, step);
            assertThat(live.named.keySet())
                    .as("%s, every %d. frame: %s, %s", scene, step, live.news, frameByFrame.news)
                    .isEqualTo(frameByFrame.named.keySet());
            frameByFrame.matched.forEach(
                    (name, frame) -> {
                        if (live.named.containsKey(name)) {
                            assertThat(live.named.get(name)).isLessThanOrEqualTo(frame + 5 * step);
                        }
                    });
            assertThat(live.types().stream().filter(Type.NEW::equals).count())
                    .isEqualTo(frameByFrame.types().stream().filter(Type.NEW::equals).count());
        }
        frames.clear();
    }
}
