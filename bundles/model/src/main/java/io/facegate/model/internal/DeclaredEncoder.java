// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.FaceAlignment;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a bundle says of its encoder in a {@code facegate.model} capability; what it leaves out is
 * dlib's. Anybody may write one, so every attribute may be of any type.
 */
final class DeclaredEncoder {
    private static final EncoderTraits DLIB = EncoderTraits.DLIB;

    private final Map<String, Object> attributes;
    private final List<String> problems;

    /**
     * @param problems where what is wrong is added
     */
    DeclaredEncoder(Map<String, Object> attributes, List<String> problems) {
        this.attributes = attributes;
        this.problems = problems;
    }

    /** As far as it was declared properly; dlib's otherwise. */
    EncoderTraits traits() {
        int before = problems.size();
        double dimension = number("dimension", DLIB.dimension());
        Metric metric = metric();
        EncoderInput input = input();
        double tolerance = number("tolerance", DLIB.tolerance());
        double unlike = number("unlike", 2 * tolerance);
        if (dimension != Math.rint(dimension)) {
            problems.add("its attribute dimension is " + dimension + ", not a whole number");
        }
        if (problems.size() > before) {
            return DLIB;
        }
        try {
            return new EncoderTraits((int) dimension, metric, input, tolerance, unlike);
        } catch (IllegalArgumentException e) {
            problems.add("its capability does not fit together: " + e.getMessage());
            return DLIB;
        }
    }

    private Metric metric() {
        Object value = attributes.getOrDefault("metric", "euclidean");
        for (Metric metric : Metric.values()) {
            if (metric.name().toLowerCase(Locale.ROOT).equals(value)) {
                return metric;
            }
        }
        return refuse("metric", value, "euclidean or cosine", DLIB.metric());
    }

    private EncoderInput input() {
        FaceAlignment alignment = alignment();
        double size = number("size", alignment.size());
        Object channels = attributes.getOrDefault("channels", "rgb");
        if (!channels.equals("rgb") && !channels.equals("bgr")) {
            refuse("channels", channels, "rgb or bgr", "");
        }
        List<Double> mean = numbers("mean", 0);
        List<Double> deviation = numbers("deviation", 1);
        try {
            return new EncoderInput(alignment, (int) size, channels.equals("bgr"), mean, deviation);
        } catch (IllegalArgumentException e) {
            problems.add("its capability does not fit together: " + e.getMessage());
            return EncoderInput.DLIB;
        }
    }

    /**
     * Chips of faces are kept in dlib's alignment: from another one's bundle it is to be said that
     * its pictures may be derived from them.
     */
    private FaceAlignment alignment() {
        Object value = attributes.getOrDefault("alignment", FaceAlignment.DLIB.word());
        var alignment = FaceAlignment.of(String.valueOf(value));
        if (alignment.isEmpty()) {
            List<String> words =
                    Stream.of(FaceAlignment.values()).map(FaceAlignment::word).toList();
            return refuse("alignment", value, String.join(" or ", words), FaceAlignment.DLIB);
        }
        Object from = attributes.getOrDefault("derived", "");
        if (alignment.get() != FaceAlignment.DLIB && !from.equals(FaceAlignment.DLIB.word())) {
            problems.add(
                    "its capability has no attribute derived=\""
                            + FaceAlignment.DLIB.word()
                            + "\": faces are kept in that alignment only, and it does not say that"
                            + " "
                            + alignment.get().word()
                            + " may be derived from it");
        }
        return alignment.get();
    }

    private double number(String name, double otherwise) {
        Object value = attributes.get(name);
        if (value == null) {
            return otherwise;
        }
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? number.doubleValue()
                : refuse(name, value, "a number, such as " + name + ":Double=\"0.6\"", otherwise);
    }

    /** Three numbers, or one that is meant three times. */
    private List<Double> numbers(String name, double otherwise) {
        Object value = attributes.getOrDefault(name, otherwise);
        if (value instanceof Number number) {
            return Collections.nCopies(3, number.doubleValue());
        }
        if (value instanceof List<?> list
                && list.size() == 3
                && list.stream().allMatch(Number.class::isInstance)) {
            return list.stream().map(one -> ((Number) one).doubleValue()).toList();
        }
        return refuse(
                name,
                value,
                "a number or three, such as " + name + ":List<Double>=\"127.5,127.5,127.5\"",
                Collections.nCopies(3, 1.0));
    }

    private <T> T refuse(String name, Object value, String expected, T instead) {
        problems.add(
                "its attribute "
                        + name
                        + " is "
                        + (value instanceof String ? "\"" + value + "\"" : value)
                        + ", not "
                        + expected);
        return instead;
    }
}
