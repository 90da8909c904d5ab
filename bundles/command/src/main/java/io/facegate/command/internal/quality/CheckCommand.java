// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.quality;

import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.quality.GalleryReview;
import io.facegate.api.quality.PersonAdvice;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.Tolerance;
import io.facegate.command.internal.session.ToleranceArgument;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code facegate people check}: what could be better about people's pictures. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Says what could be better about people's pictures: too few, one pose, blurred, nearly"
                        + " the same, probably wrongly filed.")
public final class CheckCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Whom; default: everybody")
    private List<String> names;

    @Mixin private ToleranceArgument tolerance;

    public CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, StoreException {
        EncodingStore store = session.require(EncodingStore.class);
        Set<UUID> whom = new HashSet<>();
        for (String name : names == null ? List.<String>of() : names) {
            Optional<Person> person = store.find(name);
            if (person.isEmpty()) {
                throw new StoreException("There is nobody called " + name + ".");
            }
            whom.add(person.get().id());
        }
        GalleryReview review = session.require(GalleryReview.class);
        session.require(FaceEncoder.class);
        Tolerance used = tolerance.in(session);
        PartProgress progress = new PartProgress(session);
        List<PersonAdvice> people =
                review.advise(whom, used.value(), progress, session.stop()::stopped);
        progress.end();
        int good = 0;
        for (PersonAdvice person : people) {
            if (person.advice().isEmpty()) {
                good++;
            } else {
                print(person);
            }
        }
        session.say(
                "Checked "
                        + Count.of(people.size(), "person", "people")
                        + " at tolerance "
                        + used
                        + ": nothing to say about "
                        + good
                        + ".");
        return session.stop().stopped() ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private void print(PersonAdvice person) {
        session.out()
                .println(
                        person.person().name()
                                + " ("
                                + Count.of(person.encodings(), "encoding", "encodings")
                                + ")");
        for (PersonAdvice.Advice advice : person.advice()) {
            String about = advice.source().isEmpty() ? "" : advice.source() + ": ";
            session.out().println("  " + about + advice.message());
        }
    }
}
