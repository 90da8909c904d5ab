// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.people;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.erasure.OpenErasures;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code facegate people erasures}: erasures that are not complete. */
@Command(
        name = "erasures",
        mixinStandardHelpOptions = true,
        description = {
            "Lists erasures that are not complete, and what they wait for. They go on by themselves.",
            "Exit code 1: a record of an erasure is damaged."
        })
public final class ErasuresCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--json", description = "One JSON object")
    private boolean json;

    public ErasuresCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws MissingPartException, StoreException {
        OpenErasures open = session.require(Eraser.class).open();
        if (json) {
            session.out().println(json(open));
        } else {
            open.receipts().forEach(this::print);
            if (open.receipts().isEmpty() && open.damaged().isEmpty()) {
                session.say("Every erasure is complete.");
            }
        }
        open.damaged().forEach(line -> session.say("An erasure may not be complete: " + line));
        return open.damaged().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private void print(ErasureReceipt receipt) {
        session.out()
                .println(
                        receipt.person().name()
                                + " ("
                                + receipt.person().id()
                                + "), asked for "
                                + PeopleText.minute(receipt.at()));
        for (ErasedPart part : receipt.parts()) {
            if (part.again()) {
                session.out().println("  to come: " + part.what() + ": " + part.left());
            }
        }
    }

    private static String json(OpenErasures open) {
        JsonArray erasures = new JsonArray();
        for (ErasureReceipt receipt : open.receipts()) {
            JsonArray waiting = new JsonArray();
            for (ErasedPart part : receipt.parts()) {
                if (part.again()) {
                    JsonObject o = new JsonObject();
                    o.addProperty("what", part.what());
                    o.addProperty("left", part.left());
                    waiting.add(o);
                }
            }
            JsonObject o = new JsonObject();
            o.addProperty("person_id", receipt.person().id().toString());
            o.addProperty("name", receipt.person().name());
            o.addProperty("at", receipt.at().toString());
            o.add("waiting", waiting);
            erasures.add(o);
        }
        JsonArray damaged = new JsonArray();
        open.damaged().forEach(damaged::add);
        JsonObject root = new JsonObject();
        root.add("erasures", erasures);
        root.add("damaged", damaged);
        return Json.text(root);
    }
}
