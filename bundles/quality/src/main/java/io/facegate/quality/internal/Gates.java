// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal;

import io.facegate.api.quality.FaceQuality;
import io.facegate.api.quality.QualityProblem;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The gates, checked: an invalid value is replaced by its default.
 *
 * @param minSize smallest side in pixels
 * @param minSharpness as it is measured
 * @param maxYaw degrees
 * @param maxPitch degrees
 * @param maxRoll degrees
 * @param minScore of the detector
 * @param minBrightness mean grey level
 * @param maxBrightness mean grey level
 * @param complaints one line for each invalid value
 */
public record Gates(
        int minSize,
        double minSharpness,
        double maxYaw,
        double maxPitch,
        double maxRoll,
        double minScore,
        double minBrightness,
        double maxBrightness,
        List<String> complaints) {
    /** What is set when nothing is. */
    public static final Gates DEFAULT = new Gates(60, 2, 35, 35, 35, 0.1, 30, 225, List.of());

    public Gates {
        complaints = List.copyOf(complaints);
    }

    /** Reads a configuration. */
    public static Gates of(QualityConfig config) {
        List<String> complaints = new ArrayList<>();
        Gates d = DEFAULT;
        return new Gates(
                (int) value("minSize", config.minSize(), 10_000, d.minSize, complaints),
                value("minSharpness", config.minSharpness(), 1000, d.minSharpness, complaints),
                value("maxYaw", config.maxYaw(), 90, d.maxYaw, complaints),
                value("maxPitch", config.maxPitch(), 90, d.maxPitch, complaints),
                value("maxRoll", config.maxRoll(), 90, d.maxRoll, complaints),
                value("minScore", config.minScore(), 100, d.minScore, complaints),
                value("minBrightness", config.minBrightness(), 255, d.minBrightness, complaints),
                value("maxBrightness", config.maxBrightness(), 255, d.maxBrightness, complaints),
                complaints);
    }

    private static double value(
            String name, double given, double most, double fallback, List<String> complaints) {
        if (given >= 0 && given <= most) {
            return given;
        }
        complaints.add(
                String.format(
                        Locale.ROOT,
                        "%s is 0 to %.0f, not %s; %s is used instead",
                        name,
                        most,
                        given,
                        fallback));
        return fallback;
    }

    /** What speaks against a face. */
    public Set<QualityProblem> problems(FaceQuality face) {
        Set<QualityProblem> problems = EnumSet.noneOf(QualityProblem.class);
        add(problems, QualityProblem.SMALL, face.size() < minSize);
        add(problems, QualityProblem.BLURRED, face.sharpness() < minSharpness);
        add(problems, QualityProblem.TURNED, !turn(face).isEmpty());
        boolean dark = face.brightness() < minBrightness;
        add(problems, QualityProblem.LIGHT, dark || face.brightness() > maxBrightness);
        add(problems, QualityProblem.UNSURE, face.score() < minScore);
        return problems;
    }

    private static void add(Set<QualityProblem> problems, QualityProblem problem, boolean there) {
        if (there) {
            problems.add(problem);
        }
    }

    /** Value, gate and what to do. */
    public String explain(QualityProblem problem, FaceQuality face) {
        return switch (problem) {
            case SMALL ->
                    format(
                            "small: the face is %d pixels wide, at least %d are wanted; come nearer"
                                    + " or take a larger picture",
                            face.size(), minSize);
            case BLURRED ->
                    format(
                            "blurred: sharpness %.1f, at least %.1f is wanted; hold still, focus,"
                                    + " give more light",
                            face.sharpness(), minSharpness);
            case TURNED -> "turned: " + String.join(", ", turn(face)) + "; look towards the camera";
            case LIGHT ->
                    face.brightness() < minBrightness
                            ? format(
                                    "dark: brightness %.0f, at least %.0f is wanted; give more"
                                            + " light from the front",
                                    face.brightness(), minBrightness)
                            : format(
                                    "bright: brightness %.0f, at most %.0f is wanted; give less"
                                            + " light",
                                    face.brightness(), maxBrightness);
            case UNSURE ->
                    format(
                            "unsure: the detector's score is %.2f, at least %.2f is wanted; check"
                                    + " that it is a face",
                            face.score(), minScore);
        };
    }

    private List<String> turn(FaceQuality face) {
        List<String> turns = new ArrayList<>();
        turn(turns, "to its side", face.yaw(), maxYaw);
        turn(turns, face.pitch() > 0 ? "up" : "down", face.pitch(), maxPitch);
        turn(turns, "tilted", face.roll(), maxRoll);
        return turns;
    }

    private static void turn(List<String> turns, String how, double angle, double most) {
        // a quarter of a turn is as far as an angle goes: then everything is allowed
        if (Math.abs(angle) > most && most < 90) {
            turns.add(format("%.0f degrees %s (up to %.0f)", Math.abs(angle), how, most));
        }
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
