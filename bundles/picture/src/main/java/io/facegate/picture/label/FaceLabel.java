// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.label;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.Label;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognizedFace;

import java.util.List;
import java.util.Locale;

/** What is drawn beside a face of a live picture. */
public final class FaceLabel {
    private FaceLabel() {}

    /**
     * The labels of a result's faces, in their order.
     *
     * @param small the frame of the result, scaled down
     */
    public static List<Label> of(FrameResult result, Frame small) {
        double scale = (double) small.width() / result.frame().width();
        return result.faces().stream().map(face -> of(face, scale, small)).toList();
    }

    private static Label of(RecognizedFace face, double scale, Frame small) {
        Box box = face.detection().box();
        int left = Math.min(small.width() - 1, (int) (box.left() * scale));
        int top = Math.min(small.height() - 1, (int) (box.top() * scale));
        int right = Math.min(small.width(), (int) Math.ceil(box.right() * scale));
        int bottom = Math.min(small.height(), (int) Math.ceil(box.bottom() * scale));
        return new Label(
                new Box(left, top, Math.max(left + 1, right), Math.max(top + 1, bottom)),
                text(face),
                face.match().known());
    }

    /**
     * Empty for a face nobody was asked about: neither encoded nor of a settled track. Why a face
     * does not count, while nobody is named.
     */
    private static String text(RecognizedFace face) {
        Match match = face.match();
        if (face.problem().isPresent() && match.equals(Match.NONE)) {
            return switch (face.problem().get()) {
                case SMALL -> "small";
                case BLURRED -> "blurred";
                case TURNED -> "turned";
                case LIGHT -> "badly lit";
                case UNSURE -> "unsure";
            };
        }
        if (face.descriptor().isEmpty() && match.equals(Match.NONE)) {
            return "";
        }
        String name = match.name().orElse("unknown");
        return match.distance().isPresent()
                ? String.format(Locale.ROOT, "%s %.2f", name, match.distance().getAsDouble())
                : name;
    }
}
