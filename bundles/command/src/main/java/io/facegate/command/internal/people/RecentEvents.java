// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import io.facegate.api.recognition.Corrections;
import io.facegate.api.recognition.RecentRecognition;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.Table;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Recognitions of the running gateway, to be corrected. */
final class RecentEvents {
    /** Of an id, in the list: enough to tell sixty of them apart. */
    private static final int SHOWN = 8;

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Session session;

    RecentEvents(Session session) {
        this.session = session;
    }

    int list() throws MissingPartException {
        List<RecentRecognition> recent = session.require(Corrections.class).recent();
        if (recent.isEmpty()) {
            session.say(
                    "Nobody was recognised lately: a running gateway remembers its last"
                            + " recognitions. By a picture: facegate people reject NAME PICTURE.");
            return ExitCode.DONE;
        }
        Table table = new Table("EVENT", "TIME", "CAMERA", "NAME");
        for (RecentRecognition one : recent) {
            table.row(
                    one.eventId().substring(0, Math.min(SHOWN, one.eventId().length())),
                    SECOND.format(one.timestamp().atZone(ZoneId.systemDefault())),
                    one.camera(),
                    one.name());
        }
        session.out().print(table);
        return ExitCode.DONE;
    }

    /**
     * @param event an event's id or the beginning of it
     * @param name who it is not; null: who it was taken for last
     */
    int reject(String event, String name) throws MissingPartException, StoreException {
        Corrections corrections = session.require(Corrections.class);
        List<RecentRecognition> found =
                corrections.recent().stream()
                        .filter(one -> one.eventId().startsWith(event))
                        .filter(one -> name == null || one.name().equals(name))
                        .toList();
        if (found.stream().map(RecentRecognition::eventId).distinct().count() > 1) {
            throw new StoreException("Several events begin with " + event + ": name more of it.");
        }
        if (found.isEmpty()) {
            throw new StoreException(
                    "No recognition with an id that begins with "
                            + event
                            + (name == null ? "" : " and of " + name)
                            + " is remembered; facegate people reject lists those that are.");
        }
        RecentRecognition wrong = found.get(0);
        long id = corrections.reject(wrong.eventId(), Optional.of(wrong.personId())).id();
        session.say(
                "The face at "
                        + wrong.camera()
                        + " is not "
                        + wrong.name()
                        + " (counter-example "
                        + id
                        + ").");
        return ExitCode.DONE;
    }
}
