// SPDX-License-Identifier: Apache-2.0
package io.facegate.quality.internal.review;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.LandmarkDetector;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.encoder.Point;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.quality.PersonAdvice.Advice;
import io.facegate.api.quality.PersonAdvice.Kind;
import io.facegate.api.quality.QualityProblem;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;
import io.facegate.quality.internal.FaceMeasure;
import io.facegate.quality.internal.Gates;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the kept chips of a person look like. */
record ChipLooks(EncodingStore store, Optional<LandmarkDetector> landmarks, Gates gates) {
    /** Chips of one person that are looked at. */
    private static final int MOST = 12;

    /** With fewer, it is said that there are few, and no more. */
    private static final int LEAST = 3;

    /** Degrees of yaw within which faces look the same way. */
    private static final double SAME_WAY = 15;

    /** What is to be said of all the chips together. */
    List<Advice> advice(List<StoredEncoding> encodings) throws StoreException {
        List<FaceQuality> faces = new ArrayList<>();
        int[] with =
                IntStream.range(0, encodings.size())
                        .filter(i -> encodings.get(i).hasChip())
                        .toArray();
        for (int i : Rows.sample(with, MOST)) {
            Optional<FaceChip> chip = store.chip(encodings.get(i).id());
            chip.ifPresent(c -> faces.add(measure(c)));
        }
        List<Advice> advice = new ArrayList<>();
        boolean blurred =
                !faces.isEmpty()
                        && faces.stream()
                                .allMatch(f -> gates.problems(f).contains(QualityProblem.BLURRED));
        if (blurred) {
            advice.add(
                    new Advice(
                            Kind.LOW_QUALITY,
                            "",
                            "every picture is blurred or small; add a sharp one, near enough"));
        }
        if (landmarks.isPresent() && faces.size() >= LEAST) {
            double from = faces.stream().mapToDouble(FaceQuality::yaw).min().orElse(0);
            double to = faces.stream().mapToDouble(FaceQuality::yaw).max().orElse(0);
            if (to - from < SAME_WAY) {
                advice.add(new Advice(Kind.ONE_POSE, "", onePose(from, to)));
            }
        }
        return advice;
    }

    private static String onePose(double from, double to) {
        return String.format(
                Locale.ROOT,
                "all pictures look the same way (%.0f to %.0f degrees); add one turned to %s",
                from,
                to,
                from + to > 5 ? "the left" : from + to < -5 ? "the right" : "each side");
    }

    /** In a chip the face is where dlib's padding puts it. */
    private FaceQuality measure(FaceChip chip) {
        int border = chip.size() / 6;
        Box face = new Box(border, border, chip.size() - border, chip.size() - border);
        Landmarks points =
                landmarks
                        .map(l -> l.landmarks(frame(chip), List.of(face)).get(0))
                        .orElseGet(() -> new Landmarks(List.of(new Point(0, 0))));
        return FaceMeasure.of(new FaceDetection(face, 1), points, chip);
    }

    private static Frame frame(FaceChip chip) {
        return Frame.rgb("chip", 0, Instant.EPOCH, chip.size(), chip.size(), chip.rgb());
    }
}
