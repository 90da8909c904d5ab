// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.frame.Frame;
import io.facegate.api.picture.Label;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.picture.label.FaceLabel;

import java.util.List;

/** Puts a result, or what is waited for, on a canvas. */
final class Painter {
    private static final int TEXT_COLOUR = 0xc8d4e0;

    private Painter() {}

    /** Draws a frame with the boxes and names of its faces, scaled down before it is annotated. */
    static void paint(Canvas canvas, FrameResult result, PictureWriter writer) {
        Frame frame = result.frame();
        Frame small = writer.fit(frame, canvas.width(), canvas.height());
        List<Label> labels = FaceLabel.of(result, small);
        canvas.draw(labels.isEmpty() ? small : writer.annotate(small, labels));
    }

    static void paint(Canvas canvas, List<String> lines) {
        canvas.write(lines, TEXT_COLOUR);
    }
}
