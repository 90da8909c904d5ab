// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.command.internal.session.Csv;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

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
        for (RecognizedFace face : asFound(result)) {
            Match match = face.match();
            if (match.known()) {
                OptionalDouble distance = match.distance();
                String number = distance.isPresent() ? number(distance.getAsDouble()) : "None";
                line(where, match.name().orElseThrow(), number);
            } else {
                line(where, "unknown_person", "None");
            }
        }
        out.flush();
    }

    /** In the detector's order, the surest face first. */
    private static List<RecognizedFace> asFound(FrameResult result) {
        List<RecognizedFace> faces = new ArrayList<>(result.faces());
        faces.sort(
                Comparator.comparingDouble((RecognizedFace face) -> face.detection().score())
                        .reversed());
        return faces;
    }

    /** As Python prints it, all digits that count. */
    private static String number(double distance) {
        return distance == 0 || distance >= 1e-3
                ? Double.toString(distance)
                : new BigDecimal(Double.toString(distance)).toPlainString();
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
