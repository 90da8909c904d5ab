// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.command.internal.session.Tolerance;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** For people: a paragraph for each picture, a line for each frame with a face. */
final class TextResults implements Results {
    private final PrintStream out;
    private final Supplier<Tolerance> tolerance;

    TextResults(PrintStream out, Supplier<Tolerance> tolerance) {
        this.out = out;
        this.tolerance = tolerance;
    }

    @Override
    public void picture(String file, FrameResult result) {
        int faces = result.faces().size();
        String count = faces == 0 ? "no face" : faces == 1 ? "1 face" : faces + " faces";
        out.println(file + ": " + count);
        for (RecognizedFace face : result.faces()) {
            var box = result.frame().inSource(face.detection().box());
            out.println(
                    String.format(
                            Locale.ROOT,
                            "  %-24s %-22s at %d,%d to %d,%d",
                            name(face.match()),
                            distance(face.match()),
                            box.left(),
                            box.top(),
                            box.right(),
                            box.bottom()));
        }
        out.flush();
    }

    @Override
    public void frame(String file, long timeMillis, FrameResult result) {
        if (result.faces().isEmpty()) {
            return;
        }
        String faces =
                result.faces().stream()
                        .map(face -> name(face.match()) + " " + number(face.match()))
                        .map(String::strip)
                        .collect(Collectors.joining(", "));
        out.println(
                String.format(
                        Locale.ROOT,
                        "%s frame %d (%.3f s): %s",
                        file,
                        result.frame().sequence(),
                        timeMillis / 1000.0,
                        faces));
        out.flush();
    }

    private static String name(Match match) {
        return match.name().orElse("Unknown");
    }

    private String distance(Match match) {
        if (match.distance().isEmpty()) {
            return "nobody to compare with";
        }
        String distance = "distance " + number(match);
        return match.known()
                ? distance + String.format(Locale.ROOT, " (%.0f %%)", 100 * score(match))
                : distance;
    }

    private double score(Match match) {
        return tolerance.get().score(match.distance().orElseThrow());
    }

    private static String number(Match match) {
        return match.distance().isPresent()
                ? String.format(Locale.ROOT, "%.3f", match.distance().getAsDouble())
                : "";
    }
}
