// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.Label;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognizedFace;

import java.util.List;
import java.util.Locale;

/** Puts a result, or what is waited for, on a canvas. */
final class Painter {
    private static final int TEXT_COLOUR = 0xc8d4e0;

    private Painter() {}

    /** Draws a frame with the boxes and names of its faces, scaled down before it is annotated. */
    static void paint(Canvas canvas, FrameResult result, PictureWriter writer) {
        Frame frame = result.frame();
        Frame small = writer.fit(frame, canvas.width(), canvas.height());
        double scale = (double) small.width() / frame.width();
        List<Label> labels =
                result.faces().stream().map(face -> label(face, scale, small)).toList();
        canvas.draw(labels.isEmpty() ? small : writer.annotate(small, labels));
    }

    static void paint(Canvas canvas, List<String> lines) {
        canvas.write(lines, TEXT_COLOUR);
    }

    static Label label(RecognizedFace face, double scale, Frame small) {
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

    private static String text(RecognizedFace face) {
        Match match = face.match();
        if (face.descriptor().isEmpty() && !match.known()) {
            return "";
        }
        String name = match.name().orElse("unknown");
        return match.distance().isPresent()
                ? String.format(Locale.ROOT, "%s %.2f", name, match.distance().getAsDouble())
                : name;
    }
}
