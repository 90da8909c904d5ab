// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.frame.Frame;
import io.facegate.api.picture.Label;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Draws labels by adding their text to the frame's source, and writes that as the file. */
public final class TextWriter implements PictureWriter {
    @Override
    public byte[] encode(Frame frame, PictureFormat format, double quality) {
        return (format + " " + frame.sourceId()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Frame annotate(Frame frame, List<Label> all) {
        String labels =
                all.stream()
                        .map(label -> label.text() + ":" + label.known())
                        .collect(Collectors.joining(" "));
        return Frame.rgb(
                labels,
                frame.sequence(),
                frame.capturedAt(),
                frame.width(),
                frame.height(),
                frame.pixels());
    }

    @Override
    public Frame fit(Frame frame, int maxWidth, int maxHeight) {
        return frame;
    }
}
