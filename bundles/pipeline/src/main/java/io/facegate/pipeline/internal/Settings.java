// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.recognition.Tolerances;
import io.facegate.api.status.Condition;
import io.facegate.pipeline.internal.track.LiveRules;
import io.facegate.pipeline.internal.track.TrackRules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The configuration, checked: an invalid value is replaced by the default of its attribute.
 *
 * @param recognition how faces of live streams are recognised
 * @param tracks when tracks are decided and over
 * @param live when faces are searched, followed and looked at again
 * @param processingWidth width at which faces are looked for; 0 = the frame's own
 * @param stageWaitMillis longest wait for a missing stage
 * @param retireMillis time without frames after which a camera's worker ends
 * @param complaints one line for each invalid value
 */
record Settings(
        RecognitionOptions recognition,
        TrackRules tracks,
        LiveRules live,
        int processingWidth,
        long stageWaitMillis,
        long retireMillis,
        List<String> complaints) {
    static final Settings DEFAULT =
            new Settings(
                    new RecognitionOptions(
                            "hog", DetectionOptions.LIVE, Strategy.CONSENSUS, Tolerances.OWN, 3),
                    TrackRules.DEFAULT,
                    LiveRules.DEFAULT,
                    0,
                    2000,
                    60_000,
                    List.of());

    Settings {
        complaints = List.copyOf(complaints);
    }

    /**
     * Reads a configuration.
     *
     * @param data folder where it is kept which encoder a tolerance is of
     */
    static Settings of(PipelineConfig config, Path data) {
        List<String> complaints = new ArrayList<>();
        RecognitionOptions live = DEFAULT.recognition;
        TrackRules rules = DEFAULT.tracks;
        String method =
                Attribute.of("detectionMethod", live.detectionMethod(), "hog, cnn or yunet")
                        .read(
                                () -> config.detectionMethod().strip().toLowerCase(Locale.ROOT),
                                List.of("hog", "cnn", "yunet")::contains,
                                complaints);
        Strategy strategy =
                Attribute.of("strategy", live.strategy(), "consensus, vote, nearest or knn")
                        .read(
                                () ->
                                        Strategy.valueOf(
                                                config.strategy().strip().toUpperCase(Locale.ROOT)),
                                s -> true,
                                complaints);
        double tolerance =
                Attribute.of("tolerance", 0.0, "0 (the encoder's own) to 100")
                        .read(config::tolerance, t -> t == 0 || Tolerances.isValid(t), complaints);
        Map<String, Double> byModel =
                byModel(
                        Attribute.of("tolerances", "", "a text")
                                .read(config::tolerances, t -> true, complaints),
                        complaints);
        Tolerances tolerances =
                tolerance == 0 && byModel.isEmpty()
                        ? Tolerances.OWN
                        : new ConfiguredTolerances(
                                byModel, tolerance, data.resolve(ConfiguredTolerances.FILE));
        int k = whole("k", live.k(), 1, 1000, config::k, complaints);
        return new Settings(
                new RecognitionOptions(
                        method, detection(config, complaints), strategy, tolerances, k),
                rules(config, rules, complaints),
                live(config, complaints),
                whole("processingWidth", 0, 0, 10_000, config::processingWidth, complaints),
                stageWaitMillis(config, complaints),
                whole("retireMillis", 60_000, 1000, 86_400_000, config::retireMillis, complaints),
                complaints);
    }

    /** Longest wait for a missing stage. */
    static int stageWaitMillis(PipelineConfig config, List<String> complaints) {
        return whole("stageWaitMillis", 2000, 0, 60_000, config::stageWaitMillis, complaints);
    }

    /** Whether the configuration could be used as it is. */
    Condition condition() {
        return complaints.isEmpty()
                ? new Condition(
                        "pipeline",
                        Condition.Level.OK,
                        recognition.detectionMethod()
                                + ", "
                                + recognition.strategy().name().toLowerCase(Locale.ROOT)
                                + (tracks.qualityGates() ? ", quality gates" : ""))
                : new Condition(
                        "pipeline",
                        Condition.Level.DEGRADED,
                        "configuration "
                                + PipelineComponent.PID
                                + ": "
                                + String.join("; ", complaints));
    }

    /** {@code id=number}, separated by commas. */
    private static Map<String, Double> byModel(String value, List<String> complaints) {
        Map<String, Double> byModel = new HashMap<>();
        for (String entry : value.split(",")) {
            String[] parts = entry.strip().split("\\s*=\\s*");
            if (entry.isBlank()) {
                continue;
            }
            try {
                double tolerance = Double.parseDouble(parts[parts.length - 1]);
                if (parts.length == 2 && Tolerances.isValid(tolerance)) {
                    byModel.put(parts[0], tolerance);
                    continue;
                }
            } catch (NumberFormatException e) {
                // complained of below
            }
            complaints.add(
                    "tolerances is a list such as opencv-sface=1.05, dlib-resnet-v1=0.55, each"
                            + " above 0, at most 100, not "
                            + entry.strip()
                            + "; that encoder's own is used instead");
        }
        return byModel;
    }

    private static DetectionOptions detection(PipelineConfig config, List<String> complaints) {
        return new DetectionOptions(
                whole("upsample", 0, 0, 2, config::upsample, complaints),
                whole("minFace", 0, 0, 10_000, config::minFace, complaints),
                0,
                Attribute.of("grey", false, "true or false")
                        .read(config::grey, g -> true, complaints));
    }

    private static TrackRules rules(
            PipelineConfig config, TrackRules rules, List<String> complaints) {
        return new TrackRules(
                whole(
                        "decideFrames",
                        rules.decideFrames(),
                        1,
                        TrackRules.WINDOW,
                        config::decideFrames,
                        complaints),
                Attribute.of("minMargin", rules.minMargin(), "0 to 2")
                        .read(config::minMargin, m -> m >= 0 && m <= 2, complaints),
                whole(
                        "unknownFrames",
                        rules.unknownFrames(),
                        1,
                        10_000,
                        config::unknownFrames,
                        complaints),
                whole("unknownMillis", 700, 0, 3_600_000, config::unknownMillis, complaints),
                whole("trackLostMillis", 1000, 100, 60_000, config::trackLostMillis, complaints),
                Attribute.of("qualityGates", false, "true or false")
                        .read(config::qualityGates, g -> true, complaints));
    }

    private static LiveRules live(PipelineConfig config, List<String> complaints) {
        return new LiveRules(
                Attribute.of("tracking", true, "true or false")
                        .read(config::tracking, t -> true, complaints),
                whole(
                        "detectIntervalMillis",
                        500,
                        1,
                        60_000,
                        config::detectIntervalMillis,
                        complaints),
                whole(
                        "motionIntervalMillis",
                        100,
                        0,
                        60_000,
                        config::motionIntervalMillis,
                        complaints),
                whole(
                        "verifyIntervalMillis",
                        1000,
                        1,
                        3_600_000,
                        config::verifyIntervalMillis,
                        complaints));
    }

    private static int whole(
            String name,
            int fallback,
            int from,
            int to,
            Supplier<Integer> value,
            List<String> complaints) {
        return Attribute.of(name, fallback, from + " to " + to)
                .read(value, v -> v >= from && v <= to, complaints);
    }

    /** One attribute and what it may be. */
    private record Attribute<T>(String name, T fallback, String range) {
        static <T> Attribute<T> of(String name, T fallback, String range) {
            return new Attribute<>(name, fallback, range);
        }

        T read(Supplier<T> value, Predicate<T> valid, List<String> complaints) {
            String given;
            try {
                T read = value.get();
                if (valid.test(read)) {
                    return read;
                }
                given = String.valueOf(read);
            } catch (RuntimeException e) {
                given = "this";
            }
            complaints.add(
                    name
                            + " is "
                            + range
                            + ", not "
                            + given
                            + "; "
                            + fallback
                            + " is used instead");
            return fallback;
        }
    }
}
