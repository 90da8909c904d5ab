// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import com.google.gson.JsonObject;

import io.facegate.api.detector.DetectionOptions;
import io.facegate.api.frame.Box;
import io.facegate.api.picture.PictureException;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.DetectionArguments;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.Tolerance;
import io.facegate.command.internal.session.ToleranceArgument;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code facegate compare}: the distance of the faces of two pictures. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tells how far the faces of two pictures are apart, and whether they are of one person.",
            "Needs no gallery. Exit code 0: they were compared, whatever came of it."
        })
public final class CompareCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "A", description = "A picture")
    private Path first;

    @Parameters(index = "1", paramLabel = "B", description = "Another picture")
    private Path second;

    @Option(
            names = "--all",
            description = "Compare every face of A with every face of B; else the largest of each")
    private boolean all;

    @Mixin private ToleranceArgument tolerance;

    @Option(names = "--json", description = "One JSON object for each pair")
    private boolean json;

    @Mixin private DetectionArguments detection;

    private Tolerance used;

    /** Two faces and how far they are apart. */
    private record Pair(FoundFaces.Face a, FoundFaces.Face b, double distance) {}

    public CompareCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException {
        String method = detection.method();
        DetectionOptions options = detection.options(1);
        List<FoundFaces> pictures = new ArrayList<>();
        for (Path file : List.of(first, second)) {
            try {
                FoundFaces found = FoundFaces.in(file, method, options, session);
                if (isUsable(found)) {
                    pictures.add(all ? found : found.largest());
                }
            } catch (PictureException e) {
                session.say(e.getMessage());
            }
        }
        if (pictures.size() < 2) {
            return ExitCode.REFUSED;
        }
        compare(pictures.get(0), pictures.get(1));
        return ExitCode.DONE;
    }

    private boolean isUsable(FoundFaces found) {
        int faces = found.faces().size();
        if (faces == 0) {
            session.say(
                    found.file()
                            + ": no face found; --upsample 2 finds smaller ones,"
                            + " --detection-method yunet or cnn others");
        } else if (faces > 1 && !all) {
            session.say(
                    found.file()
                            + ": "
                            + Count.of(faces, "face", "faces")
                            + ", the largest is compared (every one with --all)");
        }
        return faces > 0;
    }

    private void compare(FoundFaces a, FoundFaces b) {
        used = tolerance.in(session);
        for (FoundFaces.Face left : a.faces()) {
            for (FoundFaces.Face right : b.faces()) {
                double distance = left.descriptor().distanceTo(right.descriptor());
                Pair pair = new Pair(left, right, distance);
                session.out().println(json ? Json.text(object(a, b, pair)) : text(a, b, pair));
            }
        }
        session.out().flush();
    }

    private String text(FoundFaces a, FoundFaces b, Pair pair) {
        return String.format(
                Locale.ROOT,
                "distance %.3f: %s (tolerance %s, %s)%n  %s at %s%n  %s at %s",
                pair.distance(),
                pair.distance() <= used.value() ? "the same person" : "different people",
                used.value(),
                used.reason(),
                a.file(),
                place(pair.a().box()),
                b.file(),
                place(pair.b().box()));
    }

    private static String place(Box box) {
        return String.format(
                Locale.ROOT, "%d,%d to %d,%d", box.left(), box.top(), box.right(), box.bottom());
    }

    private JsonObject object(FoundFaces a, FoundFaces b, Pair pair) {
        JsonObject object = new JsonObject();
        object.add("a", side(a, pair.a().box()));
        object.add("b", side(b, pair.b().box()));
        object.addProperty("distance", pair.distance());
        object.addProperty("tolerance", used.value());
        object.addProperty("tolerance_from", used.source().word());
        object.addProperty("same", pair.distance() <= used.value());
        return object;
    }

    private static JsonObject side(FoundFaces picture, Box box) {
        JsonObject side = new JsonObject();
        side.addProperty("file", picture.file().toString());
        side.addProperty("width", picture.width());
        side.addProperty("height", picture.height());
        side.add("box", Json.corners(box));
        return side;
    }
}
