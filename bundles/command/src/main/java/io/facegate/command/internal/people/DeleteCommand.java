// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code facegate people delete}: erases people, and prints the receipts. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description =
                "Erases people, all of them or none: encodings, face chips, queued events, retained"
                        + " topics and the gateway's own backups. Says what was removed.")
public final class DeleteCommand implements Callable<Integer> {
    private final Session session;

    @Spec private CommandSpec spec;

    @Option(names = "--all", description = "Everybody")
    private boolean all;

    @Parameters(paramLabel = "NAME", arity = "0..*")
    private List<String> names = List.of();

    public DeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, StoreException {
        if (all != names.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "delete whom? Names, or --all");
        }
        EncodingStore store = session.require(EncodingStore.class);
        Eraser eraser = session.require(Eraser.class);
        List<String> whom =
                all ? store.gallery().people().stream().map(Person::name).toList() : names;
        if (whom.isEmpty()) {
            session.say("There was nobody.");
            return ExitCode.DONE;
        }
        List<ErasureReceipt> receipts = eraser.erase(whom);
        receipts.forEach(this::say);
        if (receipts.stream().flatMap(r -> r.parts().stream()).anyMatch(ErasedPart::again)) {
            session.say(
                    "What is to come is removed without you, also after a restart; facegate people"
                            + " erasures lists what still waits.");
        }
        session.say(
                "Backups and exports you wrote elsewhere are yours to delete; receipts without names"
                        + " are in the data folder.");
        return ExitCode.DONE;
    }

    private void say(ErasureReceipt receipt) {
        session.say("Deleted " + PeopleText.person(receipt.person()) + ".");
        String removed =
                receipt.parts().stream()
                        .filter(part -> part.count() > 0)
                        .map(part -> part.what() + " " + part.count())
                        .collect(Collectors.joining(", "));
        if (!removed.isEmpty()) {
            session.say("  removed: " + removed);
        }
        for (ErasedPart part : receipt.parts()) {
            if (!part.left().isEmpty()) {
                session.say(
                        "  "
                                + (part.again() ? "to come: " : "left: ")
                                + part.what()
                                + ": "
                                + part.left());
            }
        }
    }
}
