// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import io.facegate.api.picture.PictureException;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.enrol.Refusal;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.DetectionArguments;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/** {@code facegate people reject}: not this person. */
@Command(
        name = "reject",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "facegate people reject                          who was recognised lately",
            "   or  facegate people reject --event ID [NAME]",
            "   or  facegate people reject NAME PICTURE... [OPTION...]",
            "   or  facegate people reject --undo ID..."
        },
        sortOptions = false,
        description = {
            "Corrects a wrong recognition: the face becomes a counter-example of the person, and",
            "faces like it are somebody else or unknown from the next frame on."
        })
public final class RejectCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Who the face is not")
    private String name;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PICTURE",
            description = "Pictures with a face that is taken for NAME")
    private List<Path> pictures = List.of();

    @Option(
            names = "--event",
            paramLabel = "ID",
            description =
                    "A recognition of the running gateway, by the id of its events or the beginning"
                            + " of it")
    private String event;

    @Option(
            names = "--face",
            paramLabel = "N",
            description = "Of several faces taken for NAME the N-th from the left")
    private Integer face;

    @Option(
            names = "--undo",
            paramLabel = "ID",
            arity = "1..*",
            description = "Deletes counter-examples by their numbers in people show NAME")
    private List<Long> undone = List.of();

    @Mixin private DetectionArguments detection;

    @Spec private CommandSpec spec;

    public RejectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, StoreException {
        boolean byEvent = event != null;
        boolean undo = !undone.isEmpty();
        if (byEvent && (undo || !pictures.isEmpty())
                || undo && name != null
                || name != null && pictures.isEmpty() && !byEvent) {
            throw new ParameterException(
                    spec.commandLine(),
                    "reject what? --event ID, NAME with pictures, or --undo with numbers");
        }
        if (undo) {
            return undo();
        }
        RecentEvents recent = new RecentEvents(session);
        if (byEvent) {
            return recent.reject(event, name);
        }
        return name == null ? recent.list() : reject();
    }

    private int undo() throws MissingPartException, StoreException {
        int deleted = session.require(CounterExamples.class).removeCounterExamples(undone);
        session.say(
                deleted == 0
                        ? "There is no such counter-example; people show NAME lists those of a"
                                + " person."
                        : Count.of(deleted, "counter-example", "counter-examples") + " deleted.");
        return deleted == 0 ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private int reject() throws MissingPartException, StoreException {
        Person person =
                session.require(EncodingStore.class)
                        .find(name)
                        .orElseThrow(
                                () -> new StoreException("There is nobody called " + name + "."));
        session.requireStages(detection.method());
        WrongFaces wrong =
                new WrongFaces(
                        session,
                        person,
                        detection.picture(session.parts().tolerances()),
                        face == null ? OptionalInt.empty() : OptionalInt.of(face));
        int refused = 0;
        for (Path picture : pictures) {
            if (session.stop().stopped()) {
                return ExitCode.REFUSED;
            }
            String source = picture.getFileName().toString();
            try {
                long id = wrong.reject(picture);
                session.say(source + ": not " + person.name() + " (counter-example " + id + ")");
            } catch (PictureException e) {
                refused++;
                session.say(Refusal.line(source, e.getMessage()));
            }
        }
        return refused > 0 ? ExitCode.REFUSED : ExitCode.DONE;
    }
}
