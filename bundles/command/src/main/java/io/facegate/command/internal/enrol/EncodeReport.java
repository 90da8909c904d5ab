// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentWarning;
import io.facegate.api.store.Gallery;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.Progress;
import io.facegate.command.internal.session.Session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts and tells what became of the pictures of a dataset. */
final class EncodeReport implements BatchEnrolment.Listener {
    private static final String MISPLACED = "not in a person's folder";

    private final Session session;
    private final Progress progress;
    private final Map<String, Integer> refusals = new LinkedHashMap<>();
    private final Map<String, Integer> doubts = new LinkedHashMap<>();
    private int taken;
    private int facesTaken;
    private int unchanged;
    private int refused;
    private int doubtful;

    EncodeReport(Session session, long pictures) {
        this.session = session;
        this.progress = new Progress(session, "pictures", pictures);
    }

    @Override
    public void taken(Dataset.Picture picture, Enrolment enrolment) {
        if (enrolment.unchanged()) {
            unchanged++;
        } else {
            taken++;
            facesTaken += enrolment.boxes().size();
            doubt(picture.source(), enrolment.warnings());
        }
        progress.step();
    }

    private void doubt(String picture, List<EnrolmentWarning> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        doubtful++;
        warnings.stream()
                .map(EnrolmentWarning::kind)
                .distinct()
                .forEach(kind -> doubts.merge(noun(kind), 1, Integer::sum));
        progress.say(
                picture
                        + ": "
                        + warnings.stream()
                                .map(EnrolmentWarning::message)
                                .collect(Collectors.joining("; ")));
    }

    @Override
    public void refused(Dataset.Picture picture, EnrolmentException why) {
        refuse(picture.source(), noun(why.reason()), why.getMessage());
        progress.step();
    }

    /** A picture beside the people's folders. */
    void misplaced(Path file) {
        refuse(
                file.getFileName().toString(),
                MISPLACED,
                MISPLACED + "; move it into a folder named after whom it shows");
    }

    private void refuse(String picture, String reason, String message) {
        refused++;
        refusals.merge(reason, 1, Integer::sum);
        progress.say(Refusal.line(picture, message));
    }

    /** The pictures are done. */
    void end() {
        progress.end();
    }

    /** Whether nothing was refused. */
    boolean clean() {
        return refused == 0;
    }

    /** The last lines. */
    void summarise(Gallery gallery) {
        long encodings = gallery.people().stream().mapToLong(p -> p.encodings()).sum();
        if (doubtful > 0) {
            session.say(
                    Count.of(doubtful, "picture", "pictures")
                            + " taken with a warning: "
                            + counts(doubts)
                            + ".");
        }
        if (refused > 0) {
            session.say("Refused: " + counts(refusals) + ".");
        }
        session.say(
                String.format(
                        Locale.ROOT,
                        "%s %s (%s), %d unchanged, %d refused. The gallery has %s with %s.",
                        session.stop().stopped() ? "Stopped after" : "Took",
                        Count.of(taken, "picture", "pictures"),
                        Count.of(facesTaken, "face", "faces"),
                        unchanged,
                        refused,
                        Count.of(gallery.people().size(), "person", "people"),
                        Count.of(encodings, "encoding", "encodings")));
    }

    private static String counts(Map<String, Integer> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((what, count) -> parts.add(count + " " + what));
        return String.join(", ", parts);
    }

    private static String noun(EnrolmentWarning.Kind kind) {
        return switch (kind) {
            case SMALL -> "small";
            case BLURRED -> "blurred";
            case TURNED -> "turned";
            case LIGHT -> "badly lit";
            case UNSURE -> "perhaps no face";
            case SEVERAL_FACES -> "with other faces";
            case DUPLICATE -> "duplicate";
            case OTHER_PERSON -> "like another person";
            case UNLIKE_OWN -> "unlike the person's others";
        };
    }

    private static String noun(EnrolmentException.Reason reason) {
        return switch (reason) {
            case UNREADABLE -> "unreadable";
            case NO_FACE -> "without a face";
            case SEVERAL_FACES -> "with several faces";
            case DOUBTFUL -> "doubtful";
            case PART_MISSING -> "for want of a part";
            case FAILED -> "failed";
        };
    }
}
