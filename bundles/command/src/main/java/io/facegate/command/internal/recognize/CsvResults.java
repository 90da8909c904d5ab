// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.command.internal.session.Csv;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The lines of face_recognition's command line: {@code file,name} for each face, {@code
 * unknown_person} and {@code no_persons_found} in place of a name. With the distance, which is
 * {@code None} where nobody was named. Frames have their number and time after the file.
 */
final class CsvResults implements Results {
    private final PrintStream out;
    private final boolean distances;

    CsvResults(PrintStream out, boolean distances) {
        this.out = out;
        this.distances = distances;
    }

    @Override
    public void picture(String file, FrameResult result) {
        print(List.of(file), result);
    }

    @Override
    public void frame(String file, long timeMillis, FrameResult result) {
        print(
                List.of(file, Long.toString(result.frame().sequence()), Long.toString(timeMillis)),
                result);
    }

    private void print(List<String> where, FrameResult result) {
        if (result.faces().isEmpty()) {
            line(where, "no_persons_found", "None");
        }
        for (RecognizedFace face : result.faces()) {
            Match match = face.match();
            if (match.known()) {
                String distance =
                        match.distance().isPresent()
                                ? String.format(Locale.ROOT, "%.6f", match.distance().getAsDouble())
                                : "None";
                line(where, match.name().orElseThrow(), distance);
            } else {
                line(where, "unknown_person", "None");
            }
        }
        out.flush();
    }

    private void line(List<String> where, String name, String distance) {
        List<String> fields = new ArrayList<>(where);
        fields.add(name);
        if (distances) {
            fields.add(distance);
        }
        out.println(Csv.line(fields));
    }
}
